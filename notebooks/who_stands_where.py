"""Who stands where on the issues of the talks, and on whose word: from `import iraqtalks` to a figure.

`marimo edit notebooks/who_stands_where.py` opens it, `python notebooks/who_stands_where.py --output figure.svg` runs it;
`--processed` names another dataset than `data/processed`.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="Who stands where")


@app.cell
def _():
    import altair as alt
    import marimo as mo
    import polars as pl

    import iraqtalks

    arguments = mo.cli_args()
    processed = arguments.get("processed")
    output = arguments.get("output")
    return alt, iraqtalks, mo, output, pl, processed


@app.cell
def _(mo):
    mo.md("""
    # Who stands where on the issues of the talks?

    A position is where an actor stands on an issue: by his own words (a quote), by an act that the article reports, or by what
    the narrator says of him. These are not worth the same, so the figure keeps them apart.
    """)


@app.cell
def _(iraqtalks, pl, processed):
    positions = iraqtalks.read("positions_over_time", processed).join(
        iraqtalks.read("quotes", processed).select("quote_id", "speaker_id"), on="quote_id", how="left"
    )
    # A quote in which the actor speaks is his own word; another's quote is what is said of him.
    told = positions.with_columns(
        on_whose_word=pl.when(pl.col("speaker_id") == pl.col("actor_id"))
        .then(pl.lit("own words"))
        .when(pl.col("speaker_id").is_not_null())
        .then(pl.lit("a source's words"))
        .when(pl.col("event_mention_id").is_not_null())
        .then(pl.lit("a reported act"))
        .otherwise(pl.lit("the narrator's words"))
    )
    told.select("actor", "issue", "stance", "condition", "on_whose_word", "words")
    return (told,)


@app.cell
def _(iraqtalks, processed, told):
    # Before counting, look: every position leads to its words in the article.
    texts = dict(iraqtalks.read("articles", processed).select("article_id", "text").rows())
    found = [texts[row["article_id"]][row["start"] : row["end"]] for row in told.iter_rows(named=True)]
    found


@app.cell
def _(pl, told):
    stands = (
        told.group_by("actor", "issue", "stance", "on_whose_word")
        .agg(times=pl.len(), least_confidence=pl.col("confidence").min())
        .sort("issue", "actor", "stance", "on_whose_word")
    )
    stands
    return (stands,)


@app.cell
def _(alt, stands):
    stance = alt.Color(
        "stance",
        title="stance",
        scale=alt.Scale(
            domain=["for", "conditional", "against", "neutral"], range=["#1b7837", "#e08214", "#762a83", "#878787"]
        ),
    )
    times = stands["times"].unique().sort().to_list()
    figure = (
        alt.Chart(stands, title="Who stands where, and on whose word")
        .mark_point(filled=True, opacity=0.9)
        .encode(
            y=alt.Y("actor", title=None, axis=alt.Axis(labelLimit=300)),
            x=alt.X("on_whose_word", title=None, axis=alt.Axis(labelAngle=-30)),
            column=alt.Column("issue", title=None),
            color=stance,
            size=alt.Size("times", title="times", scale=alt.Scale(range=[80, 400]), legend=alt.Legend(values=times)),
            tooltip=["actor", "issue", "stance", "on_whose_word", "times", "least_confidence"],
        )
        .properties(width=150)
    )
    figure
    return (figure,)


@app.cell
def _(figure, output):
    if output:
        figure.save(output)


@app.cell
def _(mo):
    mo.md("""
    ## What may be said of it, and what may not

    - A point is what was printed, not what somebody stands for: an actor whom nobody quotes has no point.
    - A stance in a source's words is the source's claim about the actor. Ask `claims` who says so.
    - `least_confidence` in the tooltip is the measured precision of the weakest rule behind a point; few points on one issue
      with low figures are no finding.
    """)


if __name__ == "__main__":
    app.run()
