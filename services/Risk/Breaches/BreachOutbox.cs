using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Sequences;

namespace EarlyWarning.Risk.Breaches;

/// <summary>What follows from a breach's change. Thread-safe.</summary>
internal interface IBreachOutbox
{
    /// <summary>Adds its rows, and the event that is owed, to the transaction that decides on it.</summary>
    void Add(Unit unit, V1.Breach breach, DateTimeOffset now);

    /// <summary>Says to those who watch that changes are on the disk.</summary>
    void Signal();
}

/// <summary>The rows and events of breaches in the suite's store.</summary>
internal sealed class BreachOutbox(IStore store, ChangeSequence sequence) : IBreachOutbox
{
    /// <inheritdoc />
    public void Add(Unit unit, V1.Breach breach, DateTimeOffset now) => unit.Record(breach, store.Identity.Epoch, now, sequence);

    /// <inheritdoc />
    public void Signal() => sequence.Signal();
}
