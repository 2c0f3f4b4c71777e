namespace EarlyWarning.Store.Databases;

/// <summary>
/// Lets readers in beside each other, and keeps new ones waiting for the moment in which the log begins anew: where one comes before the
/// last has gone, without end, it never would. Thread-safe.
/// </summary>
internal sealed class ReaderGate
{
    private readonly object _lock = new();
    private int _inside;
    private bool _closed;

    /// <summary>Comes in, after the moment where there is one.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            while (_closed)
            {
                Monitor.Wait(_lock);
            }

            _inside++;
        }
    }

    /// <summary>Goes.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>
    /// Keeps new readers waiting, waits for those inside for at most a while, and runs the action, also where one has not gone by then.
    /// </summary>
    public void RunAlone(TimeSpan patience, Action action)
    {
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        lock (_lock)
        {
            _closed = true;
            while (_inside > 0 && until - Environment.TickCount64 is > 0 and var left)
            {
                Monitor.Wait(_lock, (int)left);
            }
        }

        try
        {
            action();
        }
        finally
        {
            lock (_lock)
            {
                _closed = false;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
