using System.Globalization;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.Collections;
using Grpc.Core;
using Spectre.Console;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Follows a back-test to its result, with a bar that moves while it runs, and words it.</summary>
internal static class BacktestRun
{
    private const int WarningsShown = 50;

    private static readonly Dictionary<LeftOutReason, string> s_reasons = new()
    {
        [LeftOutReason.OutcomeUnknown] = "their outcome not being known",
        [LeftOutReason.NoScore] = "having no score",
        [LeftOutReason.NothingToCompare] = "no outcome being known by then to compare with",
    };

    public static async Task<int> RunAsync(CommandContext context, BacktestRequest request, bool detach, CancellationToken cancellation)
    {
        if (detach)
        {
            return await Detaching.StartAsync(context, new() { Backtest = request }, cancellation);
        }

        using var call = context.Suite.Scoring.Backtest(request, cancellationToken: cancellation);
        var result = context.Print.ShowsProgress
            ? await WithProgressAsync(context, report => FollowAsync(call.ResponseStream, report, cancellation))
            : await FollowAsync(call.ResponseStream, _ => { }, cancellation);
        return context.Show(result, found => Print(context.Print, found));
    }

    private static async Task<BacktestResult> FollowAsync(
        IAsyncStreamReader<BacktestResponse> responses,
        Action<BacktestResponse> report,
        CancellationToken cancellation
    )
    {
        BacktestResult? result = null;
        await foreach (var response in responses.ReadAllAsync(cancellation))
        {
            report(response);
            result = response.Result ?? result;
        }

        return result ?? throw new CliException("the suite ended the back-test without a result. See `ew status`.", ExitCode.Failed);
    }

    private static Task<BacktestResult> WithProgressAsync(
        CommandContext context,
        Func<Action<BacktestResponse>, Task<BacktestResult>> work
    ) =>
        new Progress(context.Print.Notes)
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("testing", maxValue: 1);
                return work(response =>
                {
                    bar.Value = response.Progress;
                    if (response.Period is { } period)
                    {
                        bar.Description = $"{SkillText.DateOf(period)} tested";
                    }
                });
            });

    public static void Print(Printer print, BacktestResult result)
    {
        SkillText.Print(print, result.Skills);
        SkillText.PrintMethods(print, result.Skills.Select(skill => skill.Pooled).OfType<Skill>());
        PrintJudged(print, result);
        if (result.Summary is { } summary)
        {
            print.Line();
            PrintSummary(print, summary);
        }

        PrintWarnings(print, result.Warnings);
        SkillText.PrintPeriods(print, result.Periods);
        SkillText.PrintCalibration(print, result.Calibration);
        Computed.Print(print, result.Computation);
    }

    /// <summary>What counts, until when outcomes are known, and what is in no pooled figure.</summary>
    private static void PrintJudged(Printer print, BacktestResult result)
    {
        print.Line(result.Definition);
        if (result.KnownUntil is { } until)
        {
            print.Line($"outcomes are known until {Day(until)}; what is later is not judged");
        }

        foreach (var reason in result.LeftOut.GroupBy(one => one.Reason))
        {
            print.Line(
                $"left out of the pooled figures, {s_reasons.GetValueOrDefault(reason.Key, "")}: "
                    + $"{DisplayText.Count(reason.Sum(one => one.Count))} country-periods, of "
                    + string.Join(", ", reason.Select(one => $"{Day(one.Time)} ({DisplayText.Count(one.Count)})"))
            );
        }

        if (result.UnforecastEvents > 0)
        {
            print.Line(
                new Cell(
                    $"{DisplayText.Count(result.UnforecastEvents)} events are in no figure: they came to countries or in periods without a "
                        + $"judged forecast",
                    Tone.Warn
                )
            );
        }
    }

    private static string Day(Google.Protobuf.WellKnownTypes.Timestamp time) =>
        time.ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void PrintSummary(Printer print, ReplaySummary summary)
    {
        print.Line(
            $"{DisplayText.Count(summary.Warnings)} warnings: ",
            new Cell($"{DisplayText.Count(summary.Hits)} before an event", Tone.Good),
            $", {DisplayText.Count(summary.FalseAlarms)} false alarms "
                + $"({DisplayText.Figure(summary.HasFalseAlarmsPerHit, summary.FalseAlarmsPerHit)} a hit), ",
            $"{DisplayText.Count(summary.Open)} open{(summary.Open > 0 ? ", because not all of what came in their time is known" : "")}"
        );
        print.Line(
            $"{DisplayText.Count(summary.Found + summary.Misses)} events: {DisplayText.Count(summary.Found)} warned of, ",
            new Cell($"{DisplayText.Count(summary.Misses)} without a warning that counts", summary.Misses > 0 ? Tone.Warn : Tone.Plain),
            summary.MissesWhileStanding > 0
                ? $", of which at {DisplayText.Count(summary.MissesWhileStanding)} one stood that had begun before the horizon"
                : "",
            summary.UnwatchedEvents > 0 ? $"; {DisplayText.Count(summary.UnwatchedEvents)} more before their country had a score" : ""
        );
        print.Line(
            $"recall {Share(summary.HasRecall, summary.Recall)}, precision {Share(summary.HasPrecision, summary.Precision)}, "
                + $"median lead {DisplayText.Figure(summary.HasMedianLeadDays, summary.MedianLeadDays)} days"
        );
    }

    private static string Share(bool given, double share) => given ? DisplayText.Percent(share) : DisplayText.None;

    private static Cell OutcomeOf(ReplayedWarning warning) =>
        warning.Verdict switch
        {
            WarningVerdict.Hit => new Cell("followed", Tone.Good),
            WarningVerdict.FalseAlarm => "none",
            _ => "not known",
        };

    private static void PrintWarnings(Printer print, RepeatedField<ReplayedWarning> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        print.Line();
        print.Table(
            ["from", "until", "country", Column.Figure("peak"), "event", Column.Figure("lead days")],
            warnings
                .Take(WarningsShown)
                .Select(warning =>
                    new Cell[]
                    {
                        DisplayText.Moment(warning.StartTime),
                        DisplayText.Moment(warning.EndTime),
                        warning.Country,
                        DisplayText.Figure(warning.Peak),
                        OutcomeOf(warning),
                        DisplayText.Figure(warning.HasLeadDays, warning.LeadDays),
                    }
                )
        );
        if (warnings.Count > WarningsShown)
        {
            print.Line($"and {DisplayText.Count(warnings.Count - WarningsShown)} more; --json has all");
        }
    }
}
