using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Messaging;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store;

namespace EarlyWarning.Risk.Countries;

/// <content>Publishes what was decided, in order, until the broker has it: beside the loop, so that intake never waits for it.</content>
internal sealed partial class CountryGrain
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);
    private bool _publishing;

    private void Publish()
    {
        if (!_publishing && _state is { Unpublished.Count: > 0 } && !_stopping.IsCancellationRequested)
        {
            _publishing = true;
            PublishAllAsync().Ignore();
        }
    }

    private async Task PublishAllAsync()
    {
        try
        {
            var pause = s_firstPause;
            while (_state is { Unpublished: [var breach, ..] })
            {
                try
                {
                    await PublishOneAsync(breach);
                    pause = s_firstPause;
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
                {
                    parts.Metrics.PublishFailures.Add(1);
                    parts.Health.SetUnpublished(Country, (breach.EndDecideTime ?? breach.DecideTime).ToDateTimeOffset(), breach.Name, exception.Message);
                    LogNotPublished(Country, breach.Name, exception.Message);
                    await Task.Delay(pause, parts.Time, _stopping);
                    pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
                }
            }

            parts.Health.ClearUnpublished(Country);
        }
        catch (OperationCanceledException)
        {
            // The next activation goes on, because the country stays due.
        }
        finally
        {
            _publishing = false;
        }
    }

    private async Task PublishOneAsync(V1.Breach breach)
    {
        await GrainFactory.GetGrain<IBreachRegisterGrain>(0).RecordAsync(breach);
        var type = breach.State switch
        {
            V1.Breach.Types.State.Firing => "firing",
            V1.Breach.Types.State.Resolved => "resolved",
            _ => "superseded",
        };
        await parts.Publisher.PublishAsync(
            new DomainEvent(
                Topics.ThresholdBreaches,
                $"{breach.Name[Names.Breaches.Length..]}/{breach.Sequence}",
                $"earlywarning.v1.breach.{type}",
                Country,
                breach),
            _stopping);
        CrashPoint.Reach(CrashPoint.AfterPublish);
        parts.Metrics.Published.Add(1);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _marks.Enqueue((new Published { Breach = breach.Name, Sequence = breach.Sequence }, done));
        Kick();
        await done.Task;
    }
}
