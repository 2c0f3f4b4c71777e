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

    public static async Task<int> RunAsync(Session session, BacktestRequest request, CancellationToken cancellation)
    {
        using var call = session.Suite.Scoring.Backtest(request, cancellationToken: cancellation);
        var result = session.Print.ShowsProgress
            ? await WithProgressAsync(session, report => FollowAsync(call.ResponseStream, report, cancellation))
            : await FollowAsync(call.ResponseStream, _ => { }, cancellation);
        return session.Show(result, found => Print(session.Print, found));
    }

    private static async Task<BacktestResult> FollowAsync(
        IAsyncStreamReader<BacktestResponse> responses, Action<BacktestResponse> report, CancellationToken cancellation)
    {
        BacktestResult? result = null;
        await foreach (var response in responses.ReadAllAsync(cancellation))
        {
            report(response);
            result = response.Result ?? result;
        }

        return result ?? throw new CliException("the suite ended the back-test without a result. See `ew status`.", ExitCode.Failed);
    }

    private static Task<BacktestResult> WithProgressAsync(Session session, Func<Action<BacktestResponse>, Task<BacktestResult>> work)
        => new Progress(session.Print.Notes)
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

    private static void Print(Printer print, BacktestResult result)
    {
        Skills.Print(print, result.Skills);
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

    private static void PrintSummary(Printer print, ReplaySummary summary)
    {
        print.Line(
            $"{Wording.Count(summary.Warnings)} warnings: ",
            new Cell($"{Wording.Count(summary.Hits)} before an event", Tone.Good),
            $", {Wording.Count(summary.FalseAlarms)} false alarms ({Wording.Figure(summary.HasFalseAlarmsPerHit, summary.FalseAlarmsPerHit)} a hit), ",
            new Cell($"{Wording.Count(summary.Misses)} events without a warning", summary.Misses > 0 ? Tone.Warn : Tone.Plain));
        print.Line(
            $"recall {Wording.Percent(summary.Recall)}, precision {Wording.Percent(summary.Precision)}, "
            + $"median lead {Wording.Figure(summary.HasMedianLeadDays, summary.MedianLeadDays)} days");
    }

    private static void PrintWarnings(Printer print, RepeatedField<ReplayedWarning> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        print.Line();
        print.Table(
            ["from", "until", "country", Column.Figure("peak"), "event", Column.Figure("lead days")],
            warnings.Take(WarningsShown).Select(warning => new Cell[]
            {
                Wording.Moment(warning.StartTime),
                Wording.Moment(warning.EndTime),
                warning.Country,
                Wording.Figure(warning.Peak),
                warning.Hit ? new Cell("followed", Tone.Good) : "none",
                Wording.Figure(warning.HasLeadDays, warning.LeadDays),
            }));
        if (warnings.Count > WarningsShown)
        {
            print.Line($"and {Wording.Count(warnings.Count - WarningsShown)} more; --json has all");
        }
    }
}
