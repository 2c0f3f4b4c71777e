using EarlyWarning.Sidecar.Journal;
using Google.Protobuf;

namespace EarlyWarning.Sidecar.Broker;

/// <summary>
/// What is still needed, folded from the journal. Not thread-safe. A message is needed while an app has to be reached; a dead letter that
/// no app subscribes to, until somebody takes it out.
/// </summary>
internal sealed class BrokerState
{
    public const int Format = 1;

    private readonly Dictionary<long, LinkedListNode<(long Position, BrokerMessage Message)>> _bySequence = [];

    /// <summary>In the order of the entries that hold them: the first one says how far back the journal is needed.</summary>
    private readonly LinkedList<(long Position, BrokerMessage Message)> _byPosition = [];

    private readonly Dictionary<string, Subscribed> _subscribed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, BrokerMessage> _deadLetters = [];

    /// <summary>The newest dead letter of each event that an app did not handle.</summary>
    private readonly Dictionary<(string EventId, string AppId), BrokerMessage> _deadOf = [];

    public long LastSequence { get; private set; }

    /// <summary>Messages that wait for an app.</summary>
    public int WaitingCount { get; private set; }

    public long WaitingBytes { get; private set; }

    public IReadOnlyCollection<BrokerMessage> DeadLetters => _deadLetters.Values;

    /// <summary>Messages in the order of the journal.</summary>
    public IEnumerable<BrokerMessage> Messages => _byPosition.Select(item => item.Message);

    /// <summary>How many messages are kept.</summary>
    public int Count => _byPosition.Count;

    public BrokerMessage? DeadLetterOf(string eventId, string appId) => _deadOf.GetValueOrDefault((eventId, appId));

    public IEnumerable<BrokerMessage> DeadLettersOf(string eventId) => _deadLetters.Values.Where(dead => dead.EventId == eventId);

    public BrokerMessage? Find(long sequence) => _bySequence.GetValueOrDefault(sequence)?.Value.Message;

    public BrokerMessage? OldestWaiting => Messages.FirstOrDefault(message => message.Waiting.Count > 0);

    public Subscribed? Subscriptions(string appId) => _subscribed.GetValueOrDefault(appId);

    /// <summary>No entry at or before this position is needed.</summary>
    public long LowWater(long tail) => _byPosition.First is { } first ? first.Value.Position - 1 : tail;

    public void Restore(Checkpoint checkpoint)
    {
        LastSequence = checkpoint.Sequence;
        foreach (var subscribed in checkpoint.Subscribed)
        {
            _subscribed[subscribed.AppId] = subscribed;
        }
    }

    public Checkpoint ToCheckpoint(long tail) =>
        new()
        {
            Format = Format,
            LowWater = LowWater(tail),
            Sequence = LastSequence,
            Subscribed = { _subscribed.Values },
        };

    /// <summary>Applies an entry and hands each message that it brings to <paramref name="arrived"/>.</summary>
    public void Apply(long position, Entry entry, Action<BrokerMessage>? arrived)
    {
        foreach (var subscribed in entry.Subscribed)
        {
            _subscribed[subscribed.AppId] = subscribed;
        }

        foreach (var published in entry.Published)
        {
            Add(position, published, arrived);
        }

        foreach (var settled in entry.Settled)
        {
            Settle(settled);
        }
    }

    private void Add(long position, Published published, Action<BrokerMessage>? arrived)
    {
        LastSequence = Math.Max(LastSequence, published.Sequence);
        if (_bySequence.TryGetValue(published.Sequence, out var carried))
        {
            // Carried forward: the same message, now held by a later entry.
            _byPosition.Remove(carried);
            carried.Value = (position, carried.Value.Message);
            _byPosition.AddLast(carried);
            return;
        }

        if (published.Waiting.Count == 0 && published.DeadLettered is null)
        {
            return;
        }

        var message = BrokerMessage.Of(published);
        _bySequence[message.Sequence] = _byPosition.AddLast((position, message));
        if (message.DeadLettered is { } dead)
        {
            _deadLetters[message.Sequence] = message;
            _deadOf[(message.EventId, dead.AppId)] = message;
        }

        if (message.Waiting.Count > 0)
        {
            WaitingCount++;
            WaitingBytes += message.Event.Length;
            arrived?.Invoke(message);
        }
    }

    private void Settle(Settled settled)
    {
        if (!_bySequence.TryGetValue(settled.Sequence, out var node))
        {
            return;
        }

        var message = node.Value.Message;
        var takenOut = settled.AppId.Length == 0;
        var wasWaiting = message.Waiting.Count > 0;
        if (takenOut)
        {
            message.Waiting.Clear();
        }
        else if (!message.Waiting.Remove(settled.AppId))
        {
            return;
        }

        if (message.Waiting.Count > 0)
        {
            return;
        }

        if (wasWaiting)
        {
            WaitingCount--;
            WaitingBytes -= message.Event.Length;
        }

        // A dead letter that nobody turned out to subscribe to stays; one that a subscriber has handled is done with.
        if (message.DeadLettered is null || takenOut || IsSubscribed(message, settled.AppId))
        {
            _byPosition.Remove(node);
            _bySequence.Remove(message.Sequence);
            if (_deadLetters.Remove(message.Sequence) && DeadLetterOf(message.EventId, message.DeadLettered!.AppId) == message)
            {
                _deadOf.Remove((message.EventId, message.DeadLettered.AppId));
            }
        }
    }

    private bool IsSubscribed(BrokerMessage message, string appId) =>
        Subscriptions(appId)
            ?.Subscriptions.Any(subscription => subscription.Pubsub == message.PubSub && subscription.Topic == message.Topic) == true;

    /// <summary>Reads a payload; one of a later form is not for this build.</summary>
    public static Entry Read(ReadOnlyMemory<byte> payload)
    {
        var entry = Entry.Parser.ParseFrom(payload.Span);
        return entry.Format <= Format ? entry : throw Newer(entry.Format);
    }

    public static Checkpoint ReadCheckpoint(ReadOnlyMemory<byte> payload)
    {
        var checkpoint = Checkpoint.Parser.ParseFrom(payload.Span);
        return checkpoint.Format <= Format ? checkpoint : throw Newer(checkpoint.Format);
    }

    public static byte[] Write(IMessage message) => message.ToByteArray();

    private static InvalidDataException Newer(int format) =>
        new($"The sidecar's journal has the form {format}, written by a later build; this one reads up to {Format}. Run the later build.");
}
