namespace EarlyWarning.ServiceDefaults.Requests;

/// <summary>Lets requests of one id run one after the other in this process. Thread-safe; keeps what is under way alone.</summary>
internal sealed class RequestTurns
{
    private readonly Dictionary<string, (SemaphoreSlim Gate, int Wanted)> _gates = [];

    /// <summary>Waits for the turn; disposing of it gives it up.</summary>
    public async Task<IDisposable> TakeAsync(string key, CancellationToken cancellationToken)
    {
        SemaphoreSlim gate;
        lock (_gates)
        {
            var (known, wanted) = _gates.GetValueOrDefault(key);
            gate = known ?? new(1, 1);
            _gates[key] = (gate, wanted + 1);
        }

        try
        {
            await gate.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(key);
            throw;
        }

        return new Turn(this, key, gate);
    }

    private void Leave(string key)
    {
        lock (_gates)
        {
            var (gate, wanted) = _gates[key];
            if (wanted == 1)
            {
                _gates.Remove(key);
                gate.Dispose();
            }
            else
            {
                _gates[key] = (gate, wanted - 1);
            }
        }
    }

    private sealed class Turn(RequestTurns turns, string key, SemaphoreSlim gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Release();
            turns.Leave(key);
        }
    }
}
