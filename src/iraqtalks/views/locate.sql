-- IraqTalks: the tables and the analysts' views, for any DuckDB shell.
--
-- Read this file from any folder:
--
--     .read /path/to/the/dataset/views.sql
--
-- The tables are found by the link that `iraqtalks build` left for exactly this dataset in your home folder, else in the
-- current folder or in data/processed below it. Where the dataset was moved or came from elsewhere, say first where it is:
--
--     SET file_search_path = '/path/to/the/dataset';

SET VARIABLE iraqtalks_search_path = CASE
    WHEN current_setting('file_search_path') <> '' AND EXISTS (FROM glob('articles.parquet'))
    THEN current_setting('file_search_path')
    WHEN EXISTS (FROM glob('{link}/articles.parquet')) THEN '{link}'
    WHEN EXISTS (FROM glob('articles.parquet')) THEN current_setting('file_search_path')
    ELSE concat_ws(',', nullif(current_setting('file_search_path'), ''), 'data/processed')
END;
SET file_search_path = getvariable('iraqtalks_search_path');
SET VARIABLE iraqtalks_found = CASE
    WHEN NOT EXISTS (FROM glob('articles.parquet'))
    THEN error('The dataset is not here; say where it is and read views.sql again: SET file_search_path = ''/the/folder'';')
    ELSE true
END;
