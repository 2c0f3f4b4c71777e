using System.Text;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Journals;

public sealed class JournaledTests(SqliteFixture store)
{
    private const int SnapshotEvery = 4;
    private readonly string _name = $"test/{Guid.NewGuid():N}";

    [Fact]
    public async Task Open_AfterSnapshots_FoldsTheSnapshotAndOnlyWhatCameAfterIt()
    {
        Folding first = new();
        var state = await OpenAsync(first);
        for (var index = 1; index <= 10; index++)
        {
            await state.CommitAsync(Encoding.UTF8.GetBytes($"{index}"), null, CancellationToken.None);
        }

        Folding second = new();
        var again = await OpenAsync(second);
        Assert.Equal(state.State.ToString(), again.State.ToString());
        Assert.Equal("1 2 3 4 5 6 7 8 9 10 ", again.State.ToString());
        Assert.Equal((10, 2), (again.Position, second.Applied));
    }

    [Fact]
    public async Task Open_SnapshotOfAnOlderForm_FoldsFromTheStart()
    {
        var state = await OpenAsync(new());
        for (var index = 1; index <= 5; index++)
        {
            await state.CommitAsync(Encoding.UTF8.GetBytes($"{index}"), null, CancellationToken.None);
        }

        Folding refusing = new() { Refuses = true };
        Assert.Equal("1 2 3 4 5 ", (await OpenAsync(refusing)).State.ToString());
        Assert.Equal(5, refusing.Applied);
    }

    private Task<Journaled<StringBuilder>> OpenAsync(Folding fold) =>
        Journaled<StringBuilder>.OpenAsync(store.Journals(), _name, fold, SnapshotEvery, CancellationToken.None);

    private sealed class Folding : IFold<StringBuilder>
    {
        public int Applied { get; private set; }

        public bool Refuses { get; init; }

        public StringBuilder Empty() => new();

        public void Apply(StringBuilder state, JournalEntry entry)
        {
            Applied++;
            state.Append(Encoding.UTF8.GetString(entry.Payload.Span)).Append(' ');
        }

        public byte[] Write(StringBuilder state) => Encoding.UTF8.GetBytes(state.ToString());

        public StringBuilder? Read(ReadOnlyMemory<byte> snapshot) => Refuses ? null : new(Encoding.UTF8.GetString(snapshot.Span));
    }
}
