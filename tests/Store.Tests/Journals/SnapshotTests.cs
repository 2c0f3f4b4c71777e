using System.Text;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Journals;

public sealed class SqliteSnapshotTests(SqliteFixture store) : SnapshotTests(store);

public sealed class PostgresSnapshotTests(PostgresFixture store) : SnapshotTests(store);

public abstract class SnapshotTests(RunningStore store)
{
    private readonly string _name = $"test/{Guid.NewGuid():N}";
    private readonly IJournals _journals = store.Journals();

    [Fact]
    public async Task ReadSnapshot_Several_IsTheNewestAtOrBefore()
    {
        await AppendAsync(30, 10);
        foreach (var position in (long[])[10, 20, 30])
        {
            await _journals.WriteSnapshotAsync(_name, position, Encoding.UTF8.GetBytes($"state {position}"), CancellationToken.None);
        }

        Assert.Null(await _journals.ReadSnapshotAsync(_name, 9, CancellationToken.None));
        Assert.Equal("10 state 10", await ReadSnapshotAsync(19));
        Assert.Equal("20 state 20", await ReadSnapshotAsync(20));
        Assert.Equal("30 state 30", await ReadSnapshotAsync(long.MaxValue));
    }

    [Fact]
    public async Task WriteSnapshot_MoreThanAreKept_RemovesTheOldest()
    {
        await AppendAsync(8, 10);
        for (var position = 1; position <= 8; position++)
        {
            await _journals.WriteSnapshotAsync(_name, position, Encoding.UTF8.GetBytes($"state {position}"), CancellationToken.None);
        }

        Assert.Null(await _journals.ReadSnapshotAsync(_name, 4, CancellationToken.None));
        Assert.Equal("5 state 5", await ReadSnapshotAsync(5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((512 * 1024) - 16)]
    [InlineData(3_000_000)]
    public async Task WriteSnapshot_AnyLength_IsReadBackWhole(int length)
    {
        await AppendAsync(1, 10);
        var payload = new byte[length];
        new Random(2).NextBytes(payload);
        await _journals.WriteSnapshotAsync(_name, 1, payload, CancellationToken.None);

        Assert.Equal(payload, (await _journals.ReadSnapshotAsync(_name, 1, CancellationToken.None))!.Value.Payload.ToArray());
    }

    [Fact]
    public async Task ReadSnapshot_NewestIsDamaged_IsTheOneBefore()
    {
        await AppendAsync(2, 10);
        await _journals.WriteSnapshotAsync(_name, 1, "one"u8.ToArray(), CancellationToken.None);
        await _journals.WriteSnapshotAsync(_name, 2, "two"u8.ToArray(), CancellationToken.None);
        await store.Store.CommitAsync(
            new Unit().Add("update snapshot set state = $1 where journal = $2 and position = 2", "Two"u8.ToArray(), _name),
            CancellationToken.None
        );

        Assert.Equal("1 one", await ReadSnapshotAsync(2));
    }

    private async Task AppendAsync(int count, int length)
    {
        var writer = await _journals.OpenAsync(_name, CancellationToken.None);
        for (var index = 0; index < count; index++)
        {
            await writer.AppendAsync(new byte[length], CancellationToken.None);
        }
    }

    private async Task<string?> ReadSnapshotAsync(long position) =>
        await _journals.ReadSnapshotAsync(_name, position, CancellationToken.None) is { } snapshot
            ? $"{snapshot.Position} {Encoding.UTF8.GetString(snapshot.Payload.Span)}"
            : null;
}
