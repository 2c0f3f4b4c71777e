using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>
/// What the catalogue's one writer keeps in memory: the present state, and the changes since the first for the processes that fold them.
/// </summary>
internal sealed class CatalogueLog
{
    /// <summary>Gets the present state.</summary>
    public CatalogueState State { get; private set; } = CatalogueState.Empty;

    /// <summary>Gets the changes in order: the one at index i made revision i + 1.</summary>
    public List<ReadOnlyMemory<byte>> Changes { get; } = [];

    private void Apply(JournalEntry entry)
    {
        State = State.Apply(CatalogueJournal.Read(entry.Position, entry.RecordedAt, entry.Payload));
        Changes.Add(CatalogueJournal.Wrap(entry.Position, entry.RecordedAt, entry.Payload));
    }

    /// <summary>
    /// Folds the log. Without snapshots: a catalogue has hundreds of changes, not millions, and all of them are kept in any case.
    /// </summary>
    internal sealed class Fold : IFold<CatalogueLog>
    {
        public CatalogueLog Empty() => new();

        public void Apply(CatalogueLog state, JournalEntry entry) => state.Apply(entry);

        public byte[]? Write(CatalogueLog state) => null;

        public CatalogueLog? Read(ReadOnlyMemory<byte> snapshot) => null;
    }
}
