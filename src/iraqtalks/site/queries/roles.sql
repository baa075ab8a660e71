-- The offices and memberships of each actor, in the order in which they began.
SELECT
    actor_roles.actor_id,
    actor_roles.role,
    actor_roles.organization_id,
    organizations.name AS organization,
    actor_roles.valid_from,
    actor_roles.valid_to,
    actor_roles.basis,
    actor_roles.source_url,
    actor_roles.article_id,
    articles.published_on
FROM actor_roles
LEFT JOIN actors AS organizations ON organizations.actor_id = actor_roles.organization_id
LEFT JOIN articles ON articles.article_id = actor_roles.article_id
ORDER BY
    coalesce(actor_roles.valid_from, CAST(articles.published_on AS VARCHAR)) NULLS FIRST,
    actor_roles.role,
    actor_roles.actor_role_id
