using Dapr.AppCallback.Autogen.Grpc.v1;

namespace EarlyWarning.Sidecar.Tests.Infrastructure;

/// <summary>What an app was delivered, in order.</summary>
internal sealed class Deliveries
{
    private readonly Lock _lock = new();
    private readonly List<(TopicEventRequest Event, string? Token)> _all = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(TopicEventRequest request, string? token)
    {
        lock (_lock)
        {
            _all.Add((request, token));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public IReadOnlyList<TopicEventRequest> Of(string id, string topic) =>
        [.. All().Select(item => item.Event).Where(item => item.Id == id && item.Topic == topic)];

    public IReadOnlyList<(TopicEventRequest Event, string? Token)> All()
    {
        lock (_lock)
        {
            return [.. _all];
        }
    }

    /// <summary>Waits until an event has been delivered so many times.</summary>
    public async Task<IReadOnlyList<TopicEventRequest>> WaitAsync(string id, string topic, int count = 1)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (Of(id, topic) is var found && found.Count >= count)
            {
                return found;
            }

            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(
                    $"Expected {count} deliveries of {id} on {topic} within {Eventually.Patience}; saw {found.Count}, and of anything: "
                        + string.Join(", ", All().TakeLast(20).Select(item => $"{item.Event.Id} on {item.Event.Topic}"))
                );
            }
        }
    }
}
