using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Exporting;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew export</c> and what is under it.</summary>
internal static class ExportCommands
{
    private const int LargestRanking = 300;
    private const int LargestHistory = 1000;

    // Enough that the way to the suite is never idle; a suite is no faster with more.
    private const int AtOnce = 8;

    public static EwCommand Create() =>
        new("export", "Writes scores and ranks, or their history, as CSV or HXL.", "ew export scores --format hxl --out scores.csv")
        {
            CreateScores(),
            CreateHistory(),
        };

    private static EwCommand CreateScores()
    {
        var framework = CommonOptions.Framework();
        var countries = CommonOptions.CountryList();
        var at = CommonOptions.At();
        var asOf = CommonOptions.AsOf();
        var after = AfterOption.Create();
        var (format, output) = (Format(), Out());
        return new EwCommand(
            "scores",
            "Writes every country's score, rank, level, coverage, range and node scores; insufficient data are marked and have none of "
                + "the first three.",
            "ew export scores > scores.csv",
            "ew export scores --framework atrocity-crimes --at 2025-12-31 --format hxl --out scores.csv"
        )
        {
            framework,
            countries,
            at,
            asOf,
            after,
            format,
            output,
        }
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                    var now = context.Terminal.Time;

                    // One moment for all, so that ranks and nodes belong together.
                    var moment = TimeOptions.Past(parse.GetValue(at), "--at", now) ?? Timestamp.FromDateTimeOffset(now.GetUtcNow());
                    var known = TimeOptions.Past(parse.GetValue(asOf), "--as-of", now);
                    var request = new RankCountriesRequest
                    {
                        Parent = parent,
                        Countries = { CommonOptions.Countries(parse.GetValue(countries)) },
                        At = moment,
                        AsOf = known,
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                    };
                    var (risks, whole) = await RankingAsync(context.Suite, request, cancellation);
                    await WithNodesAsync(context.Suite, parent, moment, known, risks, cancellation);
                    Write(parse, context, format, output, risks, JsonFormatter.Default.Format, ScoreColumns.Of);
                    context.Print.Note($"ew: {Computed.Ranking(whole)}.");
                    if (whole.Unreached.Count > 0)
                    {
                        context.Print.Note($"ew: Not in the export, because they did not answer: {string.Join(", ", whole.Unreached)}.");
                    }

                    return ExitCode.Ok;
                }
            )
            .Explained(ScoreColumns.Hashtags);
    }

    private static EwCommand CreateHistory()
    {
        var framework = CommonOptions.Framework();
        var countries = CommonOptions.CountryList();
        var from = CommonOptions.Text("--from", "time", "Changes at or after it, such as 2026-01-01 or 30d.");
        var before = CommonOptions.Text("--before", "time", "Changes before it.");
        var after = AfterOption.Create();
        var (format, output) = (Format(), Out());
        return new EwCommand(
            "history",
            "Writes how the countries' scores changed, oldest first.",
            "ew export history --from 365d --out history.csv"
        )
        {
            framework,
            countries,
            from,
            before,
            after,
            format,
            output,
        }
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                    string[] codes = [.. CommonOptions.Countries(parse.GetValue(countries))];
                    if (codes.Length == 0)
                    {
                        codes = [.. (await KnownCountries.ReadAsync(context.Suite, cancellation)).Select(country => country.Code)];
                    }

                    var request = new ListRiskHistoryRequest
                    {
                        From = TimeOptions.Past(parse.GetValue(from), "--from", context.Terminal.Time),
                        Before = TimeOptions.Past(parse.GetValue(before), "--before", context.Terminal.Time),
                    };
                    var revisionOf = AfterOption.Of(parse, after, codes);
                    var revisions = new SortedSet<long>();
                    var changes = new List<(string Country, RiskChange Change)>();
                    foreach (var code in codes)
                    {
                        var ofCountry = new ListRiskHistoryRequest(request)
                        {
                            Name = NameCompletion.Risk(parent, code),
                            MinimumRevision = revisionOf(code),
                        };
                        changes.AddRange(
                            (await HistoryAsync(context.Suite, ofCountry, revisions, cancellation)).Select(change => (code, change))
                        );
                    }

                    changes = [.. changes.OrderBy(one => one.Change.Time).ThenBy(one => one.Country, StringComparer.Ordinal)];
                    Write(parse, context, format, output, changes, HistoryColumns.Json, _ => HistoryColumns.All);
                    var changed = DisplayText.Count(changes.Select(one => one.Country).Distinct().Count());
                    context.Print.Note(
                        $"ew: {DisplayText.Several(changes.Count, "change")} of {changed} of {DisplayText.Countries(codes.Length)} asked, "
                            + $"at catalogue revision {string.Join(" to ", new[] { revisions.Min, revisions.Max }.Distinct())}."
                    );
                    return ExitCode.Ok;
                }
            )
            .Explained(
                "With --format hxl: #date, #country+code+v_iso3, #indicator+value+num, #indicator+data+state, #indicator+level+name, "
                    + "#indicator+level+min+name, #indicator+level+node, #indicator+coverage+num, #meta+framework."
            );
    }

    private static Option<string> Format()
    {
        var format = CommonOptions.Text("--format", "name", "csv, or hxl: CSV with a row of HXL hashtags under the header. Default: csv.");
        format.AcceptOnlyFromAmong("csv", "hxl");
        return format;
    }

    private static Option<string> Out() => CommonOptions.Text("--out", "file", "Where to write. Default: standard output.");

    /// <summary>The risks of all pages, and what the last page says of the whole.</summary>
    private static async Task<(List<CountryRisk> Risks, RankCountriesResponse Whole)> RankingAsync(
        SuiteConnection suite,
        RankCountriesRequest request,
        CancellationToken cancellation
    )
    {
        RankCountriesResponse whole = new();
        var risks = await Pages.ReadAsync<CountryRisk>(int.MaxValue, LargestRanking, async (size, token) =>
        {
            whole = await suite.Risks.RankCountriesAsync(
                new(request) { PageSize = size, PageToken = token },
                cancellationToken: cancellation
            );
            return ([.. whole.Risks, .. whole.Insufficient], whole.NextPageToken);
        });
        return (risks, whole);
    }

    private static Task<List<RiskChange>> HistoryAsync(
        SuiteConnection suite,
        ListRiskHistoryRequest request,
        SortedSet<long> revisions,
        CancellationToken cancellation
    ) => Pages.ReadAsync<RiskChange>(int.MaxValue, LargestHistory, async (size, token) =>
        {
            var page = await suite.Risks.ListRiskHistoryAsync(
                new(request) { PageSize = size, PageToken = token },
                cancellationToken: cancellation
            );
            revisions.Add(page.CatalogueRevision);
            return (page.Changes, page.NextPageToken);
        });

    // A ranking comes without node scores.
    private static Task WithNodesAsync(
        SuiteConnection suite,
        string parent,
        Timestamp at,
        Timestamp? asOf,
        List<CountryRisk> risks,
        CancellationToken cancellation
    ) =>
        Parallel.ForEachAsync(
            risks,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (risk, stop) =>
            {
                var answer = await suite.Risks.GetCountryRiskAsync(
                    new()
                    {
                        Name = NameCompletion.Risk(parent, risk.Country),
                        At = at,
                        AsOf = asOf,
                    },
                    cancellationToken: stop
                );
                risk.Nodes.Add(answer.Risk.Nodes);
            }
        );

    private static void Write<T>(
        ParseResult parse,
        CommandContext context,
        Option<string> format,
        Option<string> output,
        IReadOnlyList<T> rows,
        Func<T, string> json,
        Func<IReadOnlyList<T>, IReadOnlyList<ExportColumn<T>>> columns
    )
    {
        if (context.Print.Json)
        {
            foreach (var row in rows)
            {
                context.Print.RawJson(json(row));
            }

            return;
        }

        using var csv = new CsvOutput(parse.GetValue(output) ?? CsvOutput.Standard, context.Terminal);
        ExportTable.Write(csv, columns(rows), rows, parse.GetValue(format) == "hxl");
    }
}
