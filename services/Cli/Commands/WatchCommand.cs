using System.CommandLine;
using EarlyWarning.Cli.Invocation;
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
        var framework = CommonOptions.Framework();
        var countries = CommonOptions.CountryFilter();
        var count = CommonOptions.Number("--count", "End after n changes. Default: go on until Ctrl-C.");
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
            async (parse, context, cancellation) =>
            {
                var codes = CommonOptions.Countries(parse, countries);
                var limit = parse.GetValue(count) is > 0 and var n ? n : int.MaxValue;
                var watch = new WatchPrint(context, limit);
                await (
                    parse.GetValue(what) switch
                    {
                        BreachesKind => watch.RunAsync(BreachesOf(context, watch, codes), cancellation),
                        CasesKind => watch.RunAsync(CasesOf(context, watch, codes), cancellation),
                        _ => watch.RunAsync(
                            RisksOf(context, watch, codes, await CommonOptions.FrameworkAsync(parse, framework, context, cancellation)),
                            cancellation
                        ),
                    }
                );
                return ExitCode.Ok;
            }
        );
    }

    private static Watched<WatchCountryRisksResponse> RisksOf(
        CommandContext context,
        WatchPrint watch,
        string[] countries,
        string framework
    ) =>
        new(
            (token, cancellation) =>
                context.Suite.Risks.WatchCountryRisks(
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
                watch.Each(response.Risks, risk =>
                    context.Print.Line(
                        $"{DisplayText.Exercise(risk.Exercise)}{DisplayText.Moment(risk.ChangeTime ?? risk.At)}  {risk.Country}  "
                            + $"{RiskText.Level(risk.Level, risk.LevelAtLeast), -17} {DisplayText.Figure(risk.HasScore, risk.Score), -8} "
                            + $"rank {RiskText.Rank(risk.HasRank, risk.Rank), -4} {risk.CountryName}  ",
                        risk.FiringThresholds > 0 ? new Cell($"{risk.FiringThresholds} firing", Tone.Bad) : ""
                    )
                ),
            _ => Task.FromResult("")
        );

    private static Watched<WatchBreachesResponse> BreachesOf(CommandContext context, WatchPrint watch, string[] countries) =>
        new(
            (token, cancellation) =>
                context.Suite.Breaches.WatchBreaches(
                    new() { Countries = { countries }, ResumeToken = token },
                    cancellationToken: cancellation
                ),
            response => response.ResumeToken,
            response => watch.Each<Breach>(response.Breach is { } one ? [one] : [], breach => PrintBreach(context.Print, breach)),
            async cancellation =>
            {
                var list = await context.Suite.Breaches.ListBreachesAsync(
                    new() { Countries = { countries } },
                    cancellationToken: cancellation
                );
                watch.Standing(list.Breaches, breach => PrintBreach(context.Print, breach));
                return list.ResumeToken;
            }
        );

    private static Watched<WatchCasesResponse> CasesOf(CommandContext context, WatchPrint watch, string[] countries) =>
        new(
            (token, cancellation) =>
                context.Suite.Cases.WatchCases(new() { Countries = { countries }, ResumeToken = token }, cancellationToken: cancellation),
            response => response.ResumeToken,
            response => watch.Each<Case>(response.Case is { } changed ? [changed] : [], one => PrintCase(context.Print, one)),
            async cancellation =>
            {
                var list = await context.Suite.Cases.ListCasesAsync(
                    new()
                    {
                        Countries = { countries },
                        OpenOnly = true,
                        PageSize = 500,
                    },
                    cancellationToken: cancellation
                );
                watch.Standing(list.Cases, one => PrintCase(context.Print, one));
                return list.ResumeToken;
            }
        );

    private static void PrintBreach(Printer print, Breach breach) =>
        print.Line(
            $"{DisplayText.Exercise(breach.Exercise)}{DisplayText.Moment(breach.EndTime ?? breach.FireTime)}  {breach.Country}  ",
            BreachCommands.StateOf(breach),
            "  ",
            new Cell(DisplayText.Label(breach.Threshold?.Severity ?? default), DisplayText.ToneOf(breach.Threshold?.Severity ?? default)),
            $"  {breach.Sentence}  ",
            new Cell(breach.Name, Tone.Dim)
        );

    private static void PrintCase(Printer print, Case one) =>
        print.Line(
            $"{DisplayText.Exercise(one.Exercise)}{one.Country}  {DisplayText.Label(one.State)}  {CaseCommands.StepsOf(one)}  due "
                + $"{DisplayText.Moment(one.DueTime)} {one.Due}  {(one.Entries is [.., var last] ? last.Text : one.Sentence)}  ",
            new Cell(one.Name, Tone.Dim)
        );
}
