using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Cases;

/// <summary>Folds the journal. An entry that cannot be read is counted and passed over; the status alarms.</summary>
internal sealed class CaseFold : IFold<CaseBook>
{
    /// <summary>The form of entries and snapshots that this build writes.</summary>
    public const int Format = 1;

    public CaseBook Empty() => new();

    public void Apply(CaseBook state, JournalEntry entry)
    {
        state.Position = entry.Position;
        try
        {
            Apply(state, Record.Parser.ParseFrom(entry.Payload.Span), entry.Position);
        }
        catch (InvalidProtocolBufferException)
        {
            state.Unreadable++;
        }
    }

    public byte[] Write(CaseBook state) => new Book
    {
        Format = Format,
        Position = state.Position,
        Cases = { state.Cases.Values.Select(one => CaseState.None.ChangeTo(one)) },
        Parked = { state.Parked },
        Unreadable = state.Unreadable,
    }.ToByteArray();

    public CaseBook? Read(ReadOnlyMemory<byte> snapshot)
    {
        try
        {
            var book = Book.Parser.ParseFrom(snapshot.Span);
            if (book.Format != Format)
            {
                return null;
            }

            var state = new CaseBook { Position = book.Position, RecentAfter = book.Position, Unreadable = book.Unreadable };
            state.Parked.AddRange(book.Parked);
            foreach (var change in book.Cases)
            {
                state.Put(CaseState.None.After(change));
            }

            return state;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static void Apply(CaseBook state, Record record, long position)
    {
        switch (record.EffectCase)
        {
            case Record.EffectOneofCase.Change when record is { Format: Format, Change.Internals: not null }:
                var name = V1.Case.Parser.ParseFrom(record.Change.Case).Name;
                var after = state.Cases.GetValueOrDefault(name, CaseState.None).After(record.Change);
                state.Put(after);
                state.Parked.RemoveAll(parked => after.Breach(parked.Breach) is not null);
                state.Remember(new RegisterChange<V1.Case>(position, after.Brief));
                break;
            case Record.EffectOneofCase.Parked when record.Format == Format:
                state.Parked.Add(record.Parked);
                break;
            case Record.EffectOneofCase.Published when record.Format == Format:
                Published(state, record.Published);
                break;
            default:
                state.Unreadable++;
                break;
        }
    }

    private static void Published(CaseBook state, StepMark mark)
    {
        if (state.Cases.TryGetValue(mark.Case, out var published))
        {
            var internals = published.Internals.Clone();
            var left = internals.Unpublished.Where(step => step.Climb != mark.Climb || step.Step != mark.Step).ToList();
            internals.Unpublished.Clear();
            internals.Unpublished.Add(left);
            state.Put(published with { Internals = internals });
        }
    }
}
