namespace EarlyWarning.Store.Signals;

/// <summary>
/// Says to whoever waits, in this process and in those that share the store with it, that there is something new in it. One that is lost
/// between processes costs the wait until the next look, which everybody makes who waits. Thread-safe.
/// </summary>
public interface ISignals
{
    /// <summary>Completes at the next signal of a name. Take it before looking at what may be new.</summary>
    Task WhenGiven(string name);

    /// <summary>Gives the signal, after what is new was committed.</summary>
    /// <param name="name">Its name: one of a few, of at most 100 characters.</param>
    void Give(string name);
}
