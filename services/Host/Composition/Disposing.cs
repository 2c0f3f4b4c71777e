namespace EarlyWarning.Host.Composition;

/// <summary>A part of the suite that is disposed of at once.</summary>
internal sealed class Disposing<T>(T value) : IAsyncDisposable
    where T : IDisposable
{
    public T Value => value;

    public ValueTask DisposeAsync()
    {
        value.Dispose();
        return ValueTask.CompletedTask;
    }
}
