using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Exporting;
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
        var framework = Shared.Framework();
        var countries = Shared.CountryList();
        var at = Shared.At();
        var asOf = Shared.AsOf();
        var after = After.Create();
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
                async (parse, session, cancellation) =>
                {
                    var parent = await Shared.FrameworkAsync(parse, framework, session, cancellation);
                    var now = session.Terminal.Time;

                    // One moment for all, so that ranks and nodes belong together.
                    var moment = Moments.Past(parse.GetValue(at), "--at", now) ?? Timestamp.FromDateTimeOffset(now.GetUtcNow());
                    var known = Moments.Past(parse.GetValue(asOf), "--as-of", now);
                    var request = new RankCountriesRequest
                    {
                        Parent = parent,
                        Countries = { Shared.Countries(parse.GetValue(countries)) },
                        At = moment,
                        AsOf = known,
                        MinimumRevisions = { After.Read(parse, after) },
                    };
                    var (risks, whole) = await RankingAsync(session.Suite, request, cancellation);
                    await WithNodesAsync(session.Suite, parent, moment, known, risks, cancellation);
                    Write(parse, session, format, output, risks, JsonFormatter.Default.Format, ScoreColumns.Of);
                    session.Print.Note($"ew: {Computed.Ranking(whole)}.");
                    if (whole.Unreached.Count > 0)
                    {
                        session.Print.Note($"ew: Not in the export, because they did not answer: {string.Join(", ", whole.Unreached)}.");
                    }

                    return ExitCode.Ok;
                }
            )
            .Explained(ScoreColumns.Hashtags);
    }

    private static EwCommand CreateHistory()
    {
        var framework = Shared.Framework();
        var countries = Shared.CountryList();
        var from = Shared.Text("--from", "time", "Changes at or after it, such as 2026-01-01 or 30d.");
        var before = Shared.Text("--before", "time", "Changes before it.");
        var after = After.Create();
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
                async (parse, session, cancellation) =>
                {
                    var parent = await Shared.FrameworkAsync(parse, framework, session, cancellation);
                    string[] codes = [.. Shared.Countries(parse.GetValue(countries))];
                    if (codes.Length == 0)
                    {
                        codes = [.. (await CountriesCommand.AllAsync(session.Suite, cancellation)).Select(country => country.Code)];
                    }

                    var request = new ListRiskHistoryRequest
                    {
                        From = Moments.Past(parse.GetValue(from), "--from", session.Terminal.Time),
                        Before = Moments.Past(parse.GetValue(before), "--before", session.Terminal.Time),
                    };
                    var revisionOf = After.Of(parse, after, codes);
                    var revisions = new SortedSet<long>();
                    var changes = new List<(string Country, RiskChange Change)>();
                    foreach (var code in codes)
                    {
                        var ofCountry = new ListRiskHistoryRequest(request)
                        {
                            Name = Names.Risk(parent, code),
                            MinimumRevision = revisionOf(code),
                        };
                        changes.AddRange(
                            (await HistoryAsync(session.Suite, ofCountry, revisions, cancellation)).Select(change => (code, change))
                        );
                    }

                    changes = [.. changes.OrderBy(one => one.Change.Time).ThenBy(one => one.Country, StringComparer.Ordinal)];
                    Write(parse, session, format, output, changes, HistoryColumns.Json, _ => HistoryColumns.All);
                    var changed = Wording.Count(changes.Select(one => one.Country).Distinct().Count());
                    session.Print.Note(
                        $"ew: {Wording.Several(changes.Count, "change")} of {changed} of {Wording.Countries(codes.Length)} asked, "
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
        var format = Shared.Text("--format", "name", "csv, or hxl: CSV with a row of HXL hashtags under the header. Default: csv.");
        format.AcceptOnlyFromAmong("csv", "hxl");
        return format;
    }

    private static Option<string> Out() => Shared.Text("--out", "file", "Where to write. Default: standard output.");

    /// <summary>The risks of all pages, and what the last page says of the whole.</summary>
    private static async Task<(List<CountryRisk> Risks, RankCountriesResponse Whole)> RankingAsync(
        Suite suite,
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
        Suite suite,
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
        Suite suite,
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
                        Name = Names.Risk(parent, risk.Country),
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
        Session session,
        Option<string> format,
        Option<string> output,
        IReadOnlyList<T> rows,
        Func<T, string> json,
        Func<IReadOnlyList<T>, IReadOnlyList<ExportColumn<T>>> columns
    )
    {
        if (session.Print.Json)
        {
            foreach (var row in rows)
            {
                session.Print.RawJson(json(row));
            }

            return;
        }

        using var csv = new CsvOutput(parse.GetValue(output) ?? CsvOutput.Standard, session.Terminal);
        ExportTable.Write(csv, columns(rows), rows, parse.GetValue(format) == "hxl");
    }
}
