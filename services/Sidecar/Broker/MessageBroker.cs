using System.Threading.Channels;
using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Journal;
using EarlyWarning.Store.Journals;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar.Broker;

/// <summary>
/// Takes messages, keeps them until everybody has them, and hands them to the deliveries. One writer appends what waits in one go, so that
/// a publish costs a share of an append; acknowledgements ride along or follow within 50 ms, because losing one only means a second
/// delivery.
/// </summary>
internal sealed partial class MessageBroker : IAsyncDisposable
{
    /// <summary>The journal takes 1 MB at once; an event has to fit beside the record around it.</summary>
    public const int MaxEventBytes = 900_000;

    private const int MaxBatchBytes = 500_000;
    private static readonly TimeSpan s_lazyFlush = TimeSpan.FromMilliseconds(50);

    private readonly IJournals _journals;
    private readonly SidecarOptions _options;
    private readonly Func<string, string, IEnumerable<string>> _mayStillSubscribe;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly BrokerState _state = new();
    private readonly Channel<JournalAppend> _operations = Channel.CreateUnbounded<JournalAppend>(new() { SingleReader = true });
    private readonly Queue<Settled> _settled = new();
    private readonly CancellationTokenSource _stopping = new();
    private JournalWriter _writer;
    private long _position;
    private long _checkpoint;
    private bool _flushScheduled;
    private volatile string? _unavailable;
    private Action<BrokerMessage> _arrived = static _ => { };
    private Task _writing = Task.CompletedTask;

    private MessageBroker(
        IJournals journals,
        JournalWriter writer,
        SidecarOptions options,
        Func<string, string, IEnumerable<string>> mayStillSubscribe,
        TimeProvider time,
        ILogger logger
    )
    {
        (_journals, _writer, _options, _mayStillSubscribe, _time, _logger) = (journals, writer, options, mayStillSubscribe, time, logger);
    }

    /// <summary>Why nothing can be taken now, or <see langword="null"/>.</summary>
    public string? Unavailable => _unavailable;

    /// <summary>Opens the journal and folds what is still needed.</summary>
    /// <param name="journals">The store.</param>
    /// <param name="options">Journal and limits.</param>
    /// <param name="mayStillSubscribe">Given component and topic: the apps that have never said what they subscribe to and might subscribe
    /// to it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static async Task<MessageBroker> OpenAsync(
        IJournals journals,
        SidecarOptions options,
        Func<string, string, IEnumerable<string>> mayStillSubscribe,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var writer = await journals.OpenAsync(options.Journal, cancellationToken);
        var broker = new MessageBroker(journals, writer, options, mayStillSubscribe, time, logger);
        if (await journals.ReadSnapshotAsync(options.Journal, writer.Tail, cancellationToken) is { } snapshot)
        {
            var checkpoint = BrokerState.ReadCheckpoint(snapshot.Payload);
            broker._state.Restore(checkpoint);
            (broker._position, broker._checkpoint) = (checkpoint.LowWater, snapshot.Position);
        }

        await broker.CatchUpAsync(arrived: null, cancellationToken);
        return broker;
    }

    /// <summary>
    /// Hands over what waits already, starts taking messages, and hands over each one from then on, in order and from one thread.
    /// </summary>
    public void Start(Action<BrokerMessage> arrived)
    {
        _arrived = arrived;
        List<BrokerMessage> waiting;
        lock (_lock)
        {
            waiting = [.. _state.Messages.Where(message => message.Waiting.Count > 0)];
        }

        waiting.ForEach(arrived);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes a message. When this returns, it is on the disk and will be delivered.</summary>
    /// <exception cref="PublishRefusedException">It was not taken.</exception>
    public Task PublishAsync(string pubSub, string topic, TopicEventRequest cloudEvent)
    {
        var bytes = cloudEvent.ToByteString();
        if (bytes.Length > MaxEventBytes)
        {
            throw new PublishRefusedException(
                StatusCode.InvalidArgument,
                $"The event has {bytes.Length} bytes; the local sidecar takes up to {MaxEventBytes}."
            );
        }

        lock (_lock)
        {
            if (_state.WaitingCount >= _options.MaxWaiting || _state.WaitingBytes >= _options.MaxWaitingBytes)
            {
                throw new PublishRefusedException(
                    StatusCode.ResourceExhausted,
                    $"{_state.WaitingCount} messages of {_state.WaitingBytes} bytes wait for delivery already; the subscribers have to "
                        + $"catch up first."
                );
            }
        }

        var record = new Published
        {
            Pubsub = pubSub,
            Topic = topic,
            Event = bytes,
            PublishedTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow()),
        };
        return Post(new(entry => AddTo(entry, record, Audience(pubSub, topic)), bytes.Length));
    }

    /// <summary>
    /// Ends a delivery, and with it what was a dead letter of the same event. Durable soon; a crash before that delivers once more.
    /// </summary>
    public void Settle(BrokerMessage message, string appId)
    {
        lock (_lock)
        {
            SettleSoon(new() { Sequence = message.Sequence, AppId = appId });
            if (_state.DeadLetterOf(message.EventId, appId) is { } dead)
            {
                SettleSoon(new() { Sequence = dead.Sequence });
            }
        }
    }

    /// <summary>Whether a message still has to reach an app, and by this sidecar.</summary>
    public bool IsStillWaiting(BrokerMessage message, string appId)
    {
        lock (_lock)
        {
            return !_takenOver.Task.IsCompleted && IsWaiting(message.Sequence, appId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _operations.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _writing;
        _stopping.Dispose();
    }

    private Task Post(JournalAppend operation)
    {
        if (_unavailable is { } reason)
        {
            throw new PublishRefusedException(StatusCode.Unavailable, reason);
        }

        return _operations.Writer.TryWrite(operation)
            ? operation.Done.Task
            : throw new PublishRefusedException(StatusCode.Unavailable, "The local sidecar is stopping.");
    }

    /// <summary>Under the lock.</summary>
    private void SettleSoon(Settled settled)
    {
        _settled.Enqueue(settled);
        if (!_flushScheduled)
        {
            _flushScheduled = true;
            _ = FlushSoonAsync();
        }
    }

    private async Task FlushSoonAsync()
    {
        await Task.Delay(s_lazyFlush, _time, CancellationToken.None);
        _operations.Writer.TryWrite(new(static _ => { }, 0));
    }

    private bool IsWaiting(long sequence, string appId) => _state.Find(sequence)?.Waiting.Contains(appId) == true;

    private void AddTo(Entry entry, Published record, IEnumerable<string> audience)
    {
        record.Sequence = Math.Max(_state.LastSequence, entry.Published.Count > 0 ? entry.Published[^1].Sequence : 0) + 1;
        record.Waiting.Clear();
        record.Waiting.AddRange(audience);
        entry.Published.Add(record);
    }

    /// <summary>Something to append.</summary>
    /// <param name="Write">Adds it to the entry, under the lock and in the order of the journal.</param>
    /// <param name="Bytes">About how much that is.</param>
    /// <param name="Alone">Whether it must see everything before it applied, and be applied before anything after it.</param>
    /// <param name="Again">Whether it is kept and tried again when the append fails, because nobody waits for it.</param>
    private sealed record JournalAppend(Action<Entry> Write, int Bytes, bool Alone = false, bool Again = false)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
