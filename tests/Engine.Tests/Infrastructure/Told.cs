namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Keeps the shares that work tells, and ends it at the first of a height.</summary>
internal sealed class Told(double endAt = double.PositiveInfinity) : IProgress<double>, IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly List<double> _shares = [];

    public CancellationToken Ending => _ending.Token;

    public IReadOnlyList<double> Shares
    {
        get
        {
            lock (_shares)
            {
                return [.. _shares];
            }
        }
    }

    public void Report(double value)
    {
        lock (_shares)
        {
            _shares.Add(value);
        }

        if (value >= endAt)
        {
            _ending.Cancel();
        }
    }

    public void Dispose() => _ending.Dispose();
}
