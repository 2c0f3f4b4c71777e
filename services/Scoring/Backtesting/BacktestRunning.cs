using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Evaluating;
using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Frameworks;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>Runs back-tests, period by period on as many processors as are free, and tells what is done.</summary>
internal sealed class BacktestRunning(BacktestReader reader, FrameworkResolver choices, ResultCache cache, ComputationGate gate)
{
    /// <summary>Runs it and streams what is done.</summary>
    public async Task RunAsync(
        V1.BacktestRequest request,
        IServerStreamWriter<V1.BacktestResponse> stream,
        CancellationToken cancellationToken
    )
    {
        // A caller learns at once that its test has begun.
        _ = Skills.Top(request.Top);
        await stream.WriteAsync(new(), cancellationToken);
        ComputationRun run = new(OnAdvance: advance =>
            stream.WriteAsync(new() { Progress = ComputationRun.OfComputing(advance.Share), Period = advance.Period }, cancellationToken)
        );
        await stream.WriteAsync(new() { Progress = 1, Result = await TestAsync(request, run, cancellationToken) }, cancellationToken);
    }

    /// <summary>Runs it to its result.</summary>
    public async Task<V1.BacktestResult> TestAsync(V1.BacktestRequest request, ComputationRun run, CancellationToken cancellationToken)
    {
        var top = Skills.Top(request.Top);
        var revision = choices.Revision;
        run.Reading?.Report(0);
        var test = await reader.ReadAsync(request, run, cancellationToken);
        try
        {
            var (result, cached) = await cache.GetAsync(
                Key(request, test, top),
                (key, progress, ending) => gate.RunParallelAsync(threads => Run(test, top, threads, key, progress, ending), ending),
                cancellationToken,
                run.OnAdvance
            );
            result.Computation.Cached = cached;
            if (request.Model?.Data.Table is null || request.Outcome.Indicator.Length > 0)
            {
                (result.Computation.CountryCount, result.Computation.CatalogueRevision) = (test.Rows.Countries.Length, revision);
            }

            return result;
        }
        catch (FittingException exception)
        {
            throw FittingFaults.Of(exception, test.Rows);
        }
    }

    private static ContentKey Key(V1.BacktestRequest request, BacktestCase test, int top)
    {
        var outcome = request.Outcome.Clone();
        outcome.Events.Clear();
        var key = new ContentKey("backtest").Add(outcome).Add(top).Add(test.Rows).Add(test.Outcomes);
        test.AddTo(key);
        return key;
    }

    private static V1.BacktestResult Run(
        BacktestCase test,
        int top,
        int threads,
        string key,
        IProgress<ComputationProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var periods = test.Periods;
        var done = new PeriodForecasts[periods.Count];
        var count = 0;
        var reporting = new Lock();
        progress.Report(new(0, "testing"));
        try
        {
            Parallel.For(0, periods.Count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
            {
                done[i] = test.Run(periods[i], cancellationToken);
                var skill = Skill(test, done[i], top);
                lock (reporting)
                {
                    progress.Report(new((double)++count / (periods.Count + 1), "testing", skill));
                }
            });
        }
        catch (AggregateException exception)
            when (exception.Flatten().InnerExceptions.OfType<FittingException>().FirstOrDefault() is { } reason)
        {
            throw reason;
        }

        var result = new V1.BacktestResult
        {
            Periods = { done.Select(period => Skill(test, period, top)) },
            Computation = new()
            {
                Framework = test.Framework,
                Key = key,
                Seed = test.Seed,
            },
            Definition = test.Definition.Words,
            LeftOut = { done.SelectMany(period => LeftOut(test, period)) },
            UnforecastEvents = Unforecast(test, done),
            KnownUntil = Timestamp.FromDateTimeOffset(test.Outcomes.Known.Until),
        };
        var all = done.SelectMany(period => period.Cases(forecast => forecast.Model)).ToArray();
        result.Skills.AddRange(Compared(test, done, top));
        result.Curve.AddRange(Skills.Curve(all));
        if (test.AreProbabilities)
        {
            result.Calibration.AddRange(Skills.Calibration(all));
        }

        test.Complete(result, cancellationToken);
        return result;
    }

    /// <summary>The model beside what it must beat, on the same cases: those of which the others could say something.</summary>
    private static IEnumerable<V1.SkillOf> Compared(BacktestCase test, PeriodForecasts[] done, int top)
    {
        var comparable = done.Select(period =>
                period with
                {
                    Forecasts = [.. period.Forecasts.Where(forecast => forecast is { Model: not null, Naive: not null })],
                }
            )
            .ToArray();
        yield return Of("model", forecast => forecast.Model, test.AreProbabilities);
        yield return Of("base-rate", forecast => forecast.BaseRate, true, ranks: false);
        yield return Of("persistence", forecast => forecast.Naive, true);

        V1.SkillOf Of(string name, Func<CountryForecast, double?> score, bool probabilities, bool ranks = true) =>
            new()
            {
                Name = name,
                Pooled = Skills.Of(comparable.SelectMany(period => period.Cases(score)).ToArray(), top, probabilities, ranks),
            };
    }

    private static IEnumerable<V1.LeftOut> LeftOut(BacktestCase test, PeriodForecasts period) =>
        period
            .Forecasts.Select(forecast =>
                forecast.Outcome is null ? V1.LeftOutReason.OutcomeUnknown
                : forecast.Model is null ? V1.LeftOutReason.NoScore
                : forecast.Naive is null ? V1.LeftOutReason.NothingToCompare
                : V1.LeftOutReason.Unspecified
            )
            .Where(reason => reason != V1.LeftOutReason.Unspecified)
            .GroupBy(reason => reason)
            .OrderBy(reasons => reasons.Key)
            .Select(reasons => new V1.LeftOut
            {
                Time = Timestamp.FromDateTimeOffset(test.Rows.Times[period.Period]),
                Reason = reasons.Key,
                Count = reasons.Count(),
            });

    private static int Unforecast(BacktestCase test, PeriodForecasts[] done)
    {
        if (done.Length == 0)
        {
            return 0;
        }

        var judged = done.SelectMany(period =>
                period
                    .Forecasts.Where(forecast => forecast is { Outcome: not null, Model: not null, Naive: not null })
                    .Select(forecast => (forecast.Country, Window: test.Definition.WindowOf(test.Rows.Times[period.Period])))
            )
            .ToLookup(one => one.Country, one => one.Window, StringComparer.Ordinal);
        var first = test.Rows.Times[done.Min(period => period.Period)];
        return test.Outcomes.All.Count(one =>
            one.Time > first
            && one.Time <= test.Outcomes.Known.Until
            && test.Asks(one.Country)
            && !judged[one.Country].Any(window => window.Holds(one.Time))
        );
    }

    private static V1.PeriodSkill Skill(BacktestCase test, PeriodForecasts period, int top) =>
        new()
        {
            Time = Timestamp.FromDateTimeOffset(test.Rows.Times[period.Period]),
            Model = Skills.Of(period.Cases(forecast => forecast.Model), top, test.AreProbabilities),
            Naive = Skills.Of(period.Cases(forecast => forecast.Model is null ? null : forecast.Naive), top, probabilities: true),
        };
}
