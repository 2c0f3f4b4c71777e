using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Entries;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>Looks up in entries by blocks, as in a store, and without one.</summary>
internal sealed class MemoryPast(List<JournalEntry> entries) : IPastObservations
{
    private readonly BlockBuilder _builder = new(null);
    private readonly List<Block> _blocks = [];

    public void Write(Unit unit, ReadOnlySpan<ObservationRow> rows, long position)
    {
        var block = _builder.Add(rows, position);
        if (_blocks is [.., var last] && last.First == block.First)
        {
            _blocks.RemoveAt(_blocks.Count - 1);
        }

        _blocks.Add(block);
    }

    public Task FindAsync(Search search, CancellationToken cancellationToken)
    {
        foreach (var block in _blocks.Where(search.MayBeIn))
        {
            entries.Where(entry => entry.Position >= block.First && entry.Position <= block.Last).ToList().ForEach(search.Take);
        }

        return Task.CompletedTask;
    }

    public void Committed() { }

    public void Dispose() { }
}
