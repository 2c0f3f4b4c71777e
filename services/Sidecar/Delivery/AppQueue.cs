using System.Diagnostics.CodeAnalysis;

namespace EarlyWarning.Sidecar.Delivery;

/// <summary>
/// What waits for one app: a line for each topic and subject, served in turn, one delivery of a line at a time and a bounded number at
/// once. A delivery that has failed leaves its line, so that nothing stands behind it. Thread-safe.
/// </summary>
internal sealed class AppQueue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string PubSub, string Topic, string Subject), SubjectQueue> _lines = [];
    private readonly Queue<SubjectQueue> _ready = new();
    private int _active;
    private int _concurrency;

    /// <summary>How many deliveries are handed out at once; 0 while nobody takes any.</summary>
    public int Concurrency
    {
        set
        {
            lock (_lock)
            {
                _concurrency = value;
            }
        }
    }

    /// <summary>Puts a new message at the end of its line.</summary>
    public void Add(PendingDelivery delivery)
    {
        var key = (delivery.Message.PubSub, delivery.Message.Topic, delivery.Message.Subject);
        lock (_lock)
        {
            if (_lines.TryGetValue(key, out var line))
            {
                line.Waiting.Enqueue(delivery);
                return;
            }

            line = new(key);
            line.Waiting.Enqueue(delivery);
            _lines[key] = line;
            _ready.Enqueue(line);
        }
    }

    /// <summary>Puts a delivery that has failed in a line of its own.</summary>
    public void AddAgain(PendingDelivery delivery)
    {
        lock (_lock)
        {
            var line = new SubjectQueue(null);
            line.Waiting.Enqueue(delivery);
            _ready.Enqueue(line);
        }
    }

    /// <summary>Takes the next delivery, where one may start. Its line waits for <see cref="End"/>.</summary>
    public bool TryBegin([MaybeNullWhen(false)] out PendingDelivery delivery, [MaybeNullWhen(false)] out SubjectQueue line)
    {
        lock (_lock)
        {
            if (_active >= _concurrency || !_ready.TryDequeue(out line))
            {
                (delivery, line) = (null, null);
                return false;
            }

            delivery = line.Waiting.Dequeue();
            _active++;
            return true;
        }
    }

    /// <summary>Lets the line go on.</summary>
    public void End(SubjectQueue line)
    {
        lock (_lock)
        {
            _active--;
            if (line.Waiting.Count > 0)
            {
                _ready.Enqueue(line);
            }
            else if (line.Key is { } key)
            {
                _lines.Remove(key);
            }
        }
    }

    internal sealed class SubjectQueue((string PubSub, string Topic, string Subject)? key)
    {
        public (string PubSub, string Topic, string Subject)? Key => key;

        public Queue<PendingDelivery> Waiting { get; } = new();
    }
}
