using System.Globalization;
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

    public static async Task<int> RunAsync(Session session, BacktestRequest request, bool detach, CancellationToken cancellation)
    {
        if (detach)
        {
            return await Detaching.StartAsync(session, new() { Backtest = request }, cancellation);
        }

        using var call = session.Suite.Scoring.Backtest(request, cancellationToken: cancellation);
        var result = session.Print.ShowsProgress
            ? await WithProgressAsync(session, report => FollowAsync(call.ResponseStream, report, cancellation))
            : await FollowAsync(call.ResponseStream, _ => { }, cancellation);
        return session.Show(result, found => Print(session.Print, found));
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

    private static Task<BacktestResult> WithProgressAsync(Session session, Func<Action<BacktestResponse>, Task<BacktestResult>> work) =>
        new Progress(session.Print.Notes)
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
                        bar.Description = $"{Skills.DateOf(period)} tested";
                    }
                });
            });

    public static void Print(Printer print, BacktestResult result)
    {
        Skills.Print(print, result.Skills);
        Skills.PrintMethods(print, result.Skills.Select(skill => skill.Pooled).OfType<Skill>());
        PrintJudged(print, result);
        if (result.Summary is { } summary)
        {
            print.Line();
            PrintSummary(print, summary);
        }

        PrintWarnings(print, result.Warnings);
        Skills.PrintPeriods(print, result.Periods);
        Skills.PrintCalibration(print, result.Calibration);
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
                    + $"{Wording.Count(reason.Sum(one => one.Count))} country-periods, of "
                    + string.Join(", ", reason.Select(one => $"{Day(one.Time)} ({Wording.Count(one.Count)})"))
            );
        }

        if (result.UnforecastEvents > 0)
        {
            print.Line(
                new Cell(
                    $"{Wording.Count(result.UnforecastEvents)} events are in no figure: they came to countries or in periods without a "
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
            $"{Wording.Count(summary.Warnings)} warnings: ",
            new Cell($"{Wording.Count(summary.Hits)} before an event", Tone.Good),
            $", {Wording.Count(summary.FalseAlarms)} false alarms "
                + $"({Wording.Figure(summary.HasFalseAlarmsPerHit, summary.FalseAlarmsPerHit)} a hit), ",
            $"{Wording.Count(summary.Open)} open{(summary.Open > 0 ? ", because not all of what came in their time is known" : "")}"
        );
        print.Line(
            $"{Wording.Count(summary.Found + summary.Misses)} events: {Wording.Count(summary.Found)} warned of, ",
            new Cell($"{Wording.Count(summary.Misses)} without a warning that counts", summary.Misses > 0 ? Tone.Warn : Tone.Plain),
            summary.MissesWhileStanding > 0
                ? $", of which at {Wording.Count(summary.MissesWhileStanding)} one stood that had begun before the horizon"
                : "",
            summary.UnwatchedEvents > 0 ? $"; {Wording.Count(summary.UnwatchedEvents)} more before their country had a score" : ""
        );
        print.Line(
            $"recall {Share(summary.HasRecall, summary.Recall)}, precision {Share(summary.HasPrecision, summary.Precision)}, "
                + $"median lead {Wording.Figure(summary.HasMedianLeadDays, summary.MedianLeadDays)} days"
        );
    }

    private static string Share(bool given, double share) => given ? Wording.Percent(share) : Wording.None;

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
                        Wording.Moment(warning.StartTime),
                        Wording.Moment(warning.EndTime),
                        warning.Country,
                        Wording.Figure(warning.Peak),
                        OutcomeOf(warning),
                        Wording.Figure(warning.HasLeadDays, warning.LeadDays),
                    }
                )
        );
        if (warnings.Count > WarningsShown)
        {
            print.Line($"and {Wording.Count(warnings.Count - WarningsShown)} more; --json has all");
        }
    }
}
