using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Importing;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew import</c>.</summary>
internal static class ImportCommand
{
    private const string Details = """
        Long format: a row is an observation. Columns country (ISO 3166-1 alpha-3), indicator, value, observed_at, source; and, as needed,
        observation_id, revision, standard_error or confidence, unit, horizon (90d), known_at. A time is 2021-12-31, 2021-12-31T00:00:00Z,
        or a year, which stands for its 31 December, 00:00 UTC.

        Wide format: a row is a country, a column an indicator; a mapping file (YAML) says which. Mappings/ewp-2022.yaml beside this
        program is an example of every field; ewp-history.yaml has one row a country and year, and codes that meant a former State up to a
        year. Empty cells and NA are passed over and counted.

        Exit code 4: it went through, but some values were rejected; the summary says which and why.
        """;

    public static EwCommand Create()
    {
        var file = Shared.Id("file", "The CSV file.");
        var mapping = Shared.Text("--mapping", "file", "A mapping file; or the name of one that comes with this program, such as ewp-2022.");
        var backfill = Shared.Flag("--backfill", "Record it as history, which never starts or ends a warning.");
        var create = Shared.Flag("--create-indicators", "Create the indicators of a wide file that the suite does not know yet.");
        var source = Shared.Text("--source", "name", "The source of every observation, in place of the file's own.");
        var dryRun = Shared.Flag("--dry-run", "Check everything and record nothing.");
        var rejects = Shared.Text("--rejects", "file", "Write the rejected rows there, with the reason; corrected, that file can be imported.");
        var patience = Shared.Text("--patience", "span", "How long to go on trying while the suite takes nothing. Default: 10m.");
        return new EwCommand(
            "import", "Imports observations from a CSV file. Sent again, the same file gives duplicates only.",
            "ew import observations.csv --rejects rejected.csv",
            "ew import predictors-and-published-risk.csv --mapping ewp-2022 --backfill",
            "ew import country-years-1960-2023.csv --mapping ewp-history --backfill --create-indicators")
        {
            file, mapping, backfill, create, source, dryRun, rejects, patience,
        }.Does((parse, session, cancellation) =>
        {
            var how = parse.GetValue(mapping) is { } path ? MappingFile.Find(path) : new Mapping();
            how.Source = parse.GetValue(source) ?? how.Source;
            return Import.RunAsync(
                session,
                new(
                    parse.GetRequiredValue(file),
                    how,
                    parse.GetValue(backfill),
                    parse.GetValue(dryRun),
                    parse.GetValue(rejects),
                    parse.GetValue(patience) is { } span ? Moments.Span(span, "--patience") : TimeSpan.FromMinutes(10),
                    parse.GetValue(create)),
                cancellation);
        }).Explained(Details);
    }
}
