using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Intake;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.States;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using EarlyWarning.V1;

namespace EarlyWarning.Benchmarks.Intake;

/// <summary>A country that takes its part of a message stage by stage, as its writer does without a pause between them.</summary>
internal sealed class StagedCountry
{
    private readonly CountryState _state;
    private readonly AppendBuilder _append;
    private readonly JournalWriter _writer;
    private readonly CountryBlocks _blocks;
    private WaitingBatch _batch = null!;
    private CountryOutcome _outcome = null!;
    private Unit _unit = null!;
    private byte[] _entry = [];

    private StagedCountry(string code, CatalogueSnapshot catalogue, JournalWriter writer, CountryBlocks blocks)
    {
        _state = new(code, _ => catalogue, new(true, static () => "0LOAD000", static () => false));
        _append = new(_state.Series, _state.Window, new(64, 16, 20_000));
        (_writer, _blocks) = (writer, blocks);
    }

    public static async Task<StagedCountry> OpenAsync(string code, CatalogueSnapshot catalogue, SuiteStore store, IJournals journals)
    {
        var writer = await journals.OpenAsync($"risk/{code}", CancellationToken.None);
        var blocks = await CountryBlocks.OpenAsync(code, store, journals, new(64 << 20), writer, CancellationToken.None);
        var country = new StagedCountry(code, catalogue, writer, blocks);
        var first = writer.Upcoming();
        country._state.ApplyCatalogue(first.Position, first.RecordedAt.UtcTicks, catalogue.Revision);
        var outcome = country._state.Decide();
        await writer.AppendAsync(country._append.Writer.Write(false, outcome), CancellationToken.None);
        return country;
    }

    /// <summary>Sorts the items into new ones and resends, and writes them into the entry's columns.</summary>
    public void Gather(Observation[] items)
    {
        _batch = new(new ObservationBatch(items, false));
        _append.Clear();
        while (!_batch.IsDone)
        {
            if (!_append.TryTake(_batch))
            {
                throw new InvalidOperationException("All of them are news.");
            }
        }
    }

    public void Fold()
    {
        var next = _writer.Upcoming();
        _state.Apply(next.Position, next.RecordedAt.UtcTicks, false, _append.Rows);
    }

    public void Decide() => _outcome = _state.Decide();

    /// <summary>Makes the entry and the block by which its rows are found again.</summary>
    public void Encode()
    {
        _unit = new();
        _blocks.Write(_unit, _append.Rows, _writer.Upcoming().Position);
        _entry = _append.Writer.Write(false, _outcome);
    }

    public async Task AppendAsync()
    {
        await _writer.AppendAsync(_entry, _unit, CancellationToken.None);
        _blocks.Committed();
    }

    public IntakeAnswer Answer()
    {
        _batch.Commit();
        _batch.Complete(_state.Position);

        // It was completed in the line before.
        return _batch.Answer.Result;
    }
}
