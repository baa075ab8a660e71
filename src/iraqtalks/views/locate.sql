-- IraqTalks: the tables and the analysts' views, for any DuckDB shell.
--
-- In the dataset's folder, or where it is data/processed, read this file and query. From any other folder, say first
-- where the dataset is; the same goes for a dataset that was moved:
--
--     SET file_search_path = '/path/to/the/dataset';
--     .read /path/to/the/dataset/views.sql

SET VARIABLE iraqtalks_search_path = CASE
    WHEN EXISTS (FROM glob('articles.parquet')) THEN current_setting('file_search_path')
    ELSE concat_ws(',', nullif(current_setting('file_search_path'), ''), 'data/processed')
END;
SET file_search_path = getvariable('iraqtalks_search_path');
SET VARIABLE iraqtalks_found = CASE
    WHEN NOT EXISTS (FROM glob('articles.parquet'))
    THEN error('The dataset is not here; say where it is and read views.sql again: SET file_search_path = ''/the/folder'';')
    ELSE true
END;
