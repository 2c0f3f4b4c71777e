using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Invocation;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew import</c>.</summary>
internal static class ImportCommand
{
    private const string Details = """
        Long format: a row is an observation. Columns country (ISO 3166-1 alpha-3), indicator, value, observed_at, source; and, as needed,
        observation_id, revision, standard_error or confidence, unit, horizon (90d), known_at. A time is 2021-12-31, 2021-12-31T00:00:00Z,
        or a year or a month (2021-12), which stand for their last day, 00:00 UTC.

        Wide format: a row is a country, a column an indicator; a mapping file (YAML) says which. Mappings/ewp-2022.yaml beside this
        program is an example of every field; ewp-history.yaml has one row a country and year, and codes that meant a former State up to a
        year. Empty cells and NA are passed over and counted. A row of HXL tags under the header is no row; its tags can name columns.

        Several rows of one key (country, indicator, time, source, horizon and revision) are refused with their lines, and nothing is
        recorded, unless the mapping says what they come to: repeated: sum, max, mean or count. Which rows are meant is said by where, a
        list of conditions such as: type = 1, region in [a, b], deaths >= 5. At most 5,000,000 keys a file.

        Packed with gzip a file is read as it is. Cells are parted by commas, semicolons, tabs or bars; decimals by a point, or by a comma
        where the mapping says decimal: ','.

        Exit code 4: it went through, but some values were rejected; the summary says which and why. Exit code 5: all were taken, but the
        last row of some key is not what is current, because a higher revision is.
        """;

    public static EwCommand Create()
    {
        var file = CommonOptions.Id("file", "The CSV file.");
        var mapping = CommonOptions.Text(
            "--mapping",
            "file",
            "A mapping file; or the name of one that comes with this program, such as ewp-2022."
        );
        var backfill = CommonOptions.Flag("--backfill", "Record it as history, which never starts or ends a warning.");
        var create = CommonOptions.Flag("--create-indicators", "Create the indicators of the file that the suite does not know yet.");
        var source = CommonOptions.Text("--source", "name", "The source of every observation, in place of the file's own.");
        var dryRun = CommonOptions.Flag("--dry-run", "Check everything and record nothing.");
        var rejects = CommonOptions.Text(
            "--rejects",
            "file",
            "Write the rejected rows there, with the reason; corrected, that file can be imported."
        );
        var patience = CommonOptions.Text("--patience", "span", "How long to go on trying while the suite takes nothing. Default: 10m.");
        return new EwCommand(
            "import",
            "Imports observations from a CSV file. Sent again, the same file gives duplicates only.",
            "ew import observations.csv --rejects rejected.csv",
            "ew import predictors-and-published-risk.csv --mapping ewp-2022 --backfill",
            "ew import country-years-1960-2023.csv --mapping ewp-history --backfill --create-indicators"
        )
        {
            file,
            mapping,
            backfill,
            create,
            source,
            dryRun,
            rejects,
            patience,
        }
            .Does(
                (parse, context, cancellation) =>
                {
                    var how = parse.GetValue(mapping) is { } path ? MappingFile.Find(path) : new Mapping();
                    how.Source = parse.GetValue(source) ?? how.Source;
                    return Import.RunAsync(
                        context,
                        new(
                            parse.GetRequiredValue(file),
                            how,
                            parse.GetValue(backfill),
                            parse.GetValue(dryRun),
                            parse.GetValue(rejects),
                            parse.GetValue(patience) is { } span ? TimeOptions.Span(span, "--patience") : TimeSpan.FromMinutes(10),
                            parse.GetValue(create)
                        ),
                        cancellation
                    );
                }
            )
            .Explained(Details);
    }
}
