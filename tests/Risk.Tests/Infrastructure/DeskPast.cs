using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>Looks up in entries as a grain does, by blocks, without a store.</summary>
internal sealed class DeskPast(List<JournalEntry> entries) : IPastObservations
{
    private readonly BlockBuilder _builder = new(null);

    public List<Block> Blocks { get; } = [];

    public void Add(ReadOnlySpan<ObservationRow> rows, long position)
    {
        var block = _builder.Add(rows, position);
        if (Blocks is [.., var last] && last.First == block.First)
        {
            Blocks.RemoveAt(Blocks.Count - 1);
        }

        Blocks.Add(block);
    }

    public Task FindAsync(Search search, CancellationToken cancellationToken)
    {
        foreach (var block in Blocks.Where(search.MayBeIn))
        {
            entries.Where(entry => entry.Position >= block.First && entry.Position <= block.Last).ToList().ForEach(search.Take);
        }

        return Task.CompletedTask;
    }
}
