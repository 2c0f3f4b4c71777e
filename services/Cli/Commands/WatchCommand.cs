using System.CommandLine;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Watching;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew watch</c>.</summary>
internal static class WatchCommand
{
    private const string Risks = "risks";
    private const string BreachesKind = "breaches";
    private const string CasesKind = "cases";

    public static EwCommand Create()
    {
        var what = new Argument<string>("what") { Description = "risks (default), breaches or cases.", DefaultValueFactory = _ => Risks };
        what.AcceptOnlyFromAmong(Risks, BreachesKind, CasesKind);
        var framework = Shared.Framework();
        var countries = Shared.CountryFilter();
        var count = Shared.Number("--count", "End after n changes. Default: go on until Ctrl-C.");
        return new EwCommand(
            "watch",
            "Shows changes as they happen, and goes on after a broken connection where it left off.",
            "ew watch",
            "ew watch breaches",
            "ew watch cases --json"
        )
        {
            what,
            framework,
            countries,
            count,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var codes = Shared.Countries(parse, countries);
                var limit = parse.GetValue(count) is > 0 and var n ? n : int.MaxValue;
                return parse.GetValue(what) switch
                {
                    BreachesKind => await Watcher.RunAsync(session, BreachesOf(session, codes), limit, cancellation),
                    CasesKind => await Watcher.RunAsync(session, CasesOf(session, codes), limit, cancellation),
                    _ => await Watcher.RunAsync(
                        session,
                        RisksOf(session, codes, await Shared.FrameworkAsync(parse, framework, session, cancellation)),
                        limit,
                        cancellation
                    ),
                };
            }
        );
    }

    private static Watched<WatchCountryRisksResponse> RisksOf(Session session, string[] countries, string framework) =>
        new(
            (token, cancellation) =>
                session.Suite.Risks.WatchCountryRisks(
                    new()
                    {
                        Parent = framework,
                        Countries = { countries },
                        ResumeToken = token,
                    },
                    cancellationToken: cancellation
                ),
            response => response.ResumeToken,
            response =>
                PrintEach(session, response.Risks, risk =>
                    session.Print.Line(
                        $"{Wording.Exercise(risk.Exercise)}{Wording.Moment(risk.ChangeTime ?? risk.At)}  {risk.Country}  "
                            + $"{RiskWording.Level(risk.Level, risk.LevelAtLeast), -17} {Wording.Figure(risk.HasScore, risk.Score), -8} "
                            + $"rank {RiskWording.Rank(risk.HasRank, risk.Rank), -4} {risk.CountryName}  ",
                        risk.FiringThresholds > 0 ? new Cell($"{risk.FiringThresholds} firing", Tone.Bad) : ""
                    )
                ),
            _ => Task.FromResult("")
        );

    private static Watched<WatchBreachesResponse> BreachesOf(Session session, string[] countries) =>
        new(
            (token, cancellation) =>
                session.Suite.Breaches.WatchBreaches(
                    new() { Countries = { countries }, ResumeToken = token },
                    cancellationToken: cancellation
                ),
            response => response.ResumeToken,
            response => PrintEach<Breach>(session, response.Breach is { } one ? [one] : [], breach => PrintBreach(session.Print, breach)),
            async cancellation =>
            {
                var list = await session.Suite.Breaches.ListBreachesAsync(
                    new() { Countries = { countries } },
                    cancellationToken: cancellation
                );
                PrintEach(session, list.Breaches, breach => PrintBreach(session.Print, breach));
                return list.ResumeToken;
            }
        );

    private static Watched<WatchCasesResponse> CasesOf(Session session, string[] countries) =>
        new(
            (token, cancellation) =>
                session.Suite.Cases.WatchCases(new() { Countries = { countries }, ResumeToken = token }, cancellationToken: cancellation),
            response => response.ResumeToken,
            response => PrintEach<Case>(session, response.Case is { } changed ? [changed] : [], one => PrintCase(session.Print, one)),
            async cancellation =>
            {
                var list = await session.Suite.Cases.ListCasesAsync(
                    new()
                    {
                        Countries = { countries },
                        OpenOnly = true,
                        PageSize = 500,
                    },
                    cancellationToken: cancellation
                );
                PrintEach(session, list.Cases, one => PrintCase(session.Print, one));
                return list.ResumeToken;
            }
        );

    private static int PrintEach<T>(Session session, IReadOnlyCollection<T> messages, Action<T> word)
        where T : Google.Protobuf.IMessage
    {
        foreach (var message in messages)
        {
            session.Show(message, word);
        }

        return messages.Count;
    }

    private static void PrintBreach(Printer print, Breach breach) =>
        print.Line(
            $"{Wording.Exercise(breach.Exercise)}{Wording.Moment(breach.EndTime ?? breach.FireTime)}  {breach.Country}  ",
            BreachCommands.StateOf(breach),
            "  ",
            new Cell(Wording.Label(breach.Threshold?.Severity ?? default), Wording.ToneOf(breach.Threshold?.Severity ?? default)),
            $"  {breach.Sentence}  ",
            new Cell(breach.Name, Tone.Dim)
        );

    private static void PrintCase(Printer print, Case one) =>
        print.Line(
            $"{Wording.Exercise(one.Exercise)}{one.Country}  {Wording.Label(one.State)}  {CaseCommands.StepsOf(one)}  due "
                + $"{Wording.Moment(one.DueTime)} {one.Due}  {(one.Entries is [.., var last] ? last.Text : one.Sentence)}  ",
            new Cell(one.Name, Tone.Dim)
        );
}
