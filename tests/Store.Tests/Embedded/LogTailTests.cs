using System.Buffers.Binary;
using EarlyWarning.Store.Embedded;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class LogTailTests : IDisposable
{
    private const int Page = 512;
    private const int Segment = 1024;
    private readonly TemporaryFolder _folder = new();

    private string Log => Path.Combine(_folder.Path, "AOF", "aof.log");

    private string Commits => Path.Combine(_folder.Path, "AOF", "log-commits");

    [Fact]
    public void Find_NoLog_IsItsBeginning() => Assert.Equal(64, Find());

    [Fact]
    public void Find_WholeLogOverPagesAndFiles_IsTheEndOfTheLastCommit()
    {
        LogBytes log = new();
        for (var i = 0; i < 40; i++)
        {
            log.Entry(30 + i).Commit();
        }

        Assert.True(log.End > 2 * Segment);
        Write(log);

        Assert.Equal(log.End, Find());
    }

    [Fact]
    public void Find_EntryWithoutItsCommit_DoesNotCount()
    {
        var log = new LogBytes().Entry(30).Commit();
        var end = log.End;
        Write(log.Entry(20));

        Assert.Equal(end, Find());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(40)]
    public void Find_HalfWrittenCommit_DoesNotCount(int arrived)
    {
        var log = new LogBytes().Entry(30).Commit().Entry(10);
        var end = log.End - 16;
        Write(log.Commit(arrived));

        Assert.Equal(end, Find());
    }

    [Fact]
    public void Find_PageWithoutItsEndBeforeALaterPage_EndsBeforeTheGap()
    {
        LogBytes log = new();
        List<long> commits = [];
        while (log.End < 2 * Page)
        {
            commits.Add(log.Entry(40).Commit().End);
        }

        var before = commits.Last(end => end <= Page - 100);
        log.Clear(before + 16, Page);
        Write(log);

        Assert.Equal(before, Find());
    }

    [Fact]
    public void Find_LeftFromAnEarlierRun_DoesNotCount()
    {
        var log = new LogBytes().Entry(30).Commit();
        var end = log.End;
        Write(log.Entry(8).Commit(number: 7));

        Assert.Equal(end, Find());
    }

    [Fact]
    public void Find_CommitKeptInAFile_StartsThere()
    {
        LogBytes log = new();
        for (var i = 0; i < 20; i++)
        {
            log.Entry(30).Commit();
        }

        Keep(log.End, log.Number);
        File.WriteAllBytes(Path.Combine(Commits, "commit.99.0"), []);
        var kept = log.End;
        log.Entry(12).Commit();
        log.Clear(64, kept);
        Write(log);

        Assert.Equal(log.End, Find());
    }

    [Fact]
    public async Task Start_CommitOfWhichOnlyTheVersionArrived_LosesNothingAcknowledged()
    {
        Dictionary<int, long> acknowledged = [];
        await Workload.RunAndKillAsync(_folder.Path, 100, acknowledged);
        var end = LogTail.Find(Log, EmbeddedServer.LogSegment, EmbeddedServer.LogPage);
        using (var segment = File.OpenHandle($"{Log}.{end / EmbeddedServer.LogSegment}", access: FileAccess.ReadWrite))
        {
            RandomAccess.Write(segment, new LogBytes().Commit(arrived: 8).Last(44), end % EmbeddedServer.LogSegment);
        }

        await Workload.CompareAsync(_folder.Path, acknowledged);
    }

    public void Dispose() => _folder.Dispose();

    private long Find() => LogTail.Find(Log, Segment, Page);

    private void Write(LogBytes log)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        foreach (var (bytes, index) in log.Whole().Chunk(Segment).Select((bytes, index) => (bytes, index)))
        {
            File.WriteAllBytes($"{Log}.{index}", bytes);
        }
    }

    private void Keep(long end, long number)
    {
        Directory.CreateDirectory(Commits);
        byte[] file = [.. BitConverter.GetBytes(40), .. LogBytes.CommitRecord(end, number), .. new byte[468]];
        File.WriteAllBytes(Path.Combine(Commits, $"commit.{number}.0"), file);
    }

    /// <summary>A log as Tsavorite writes it, in pages of <see cref="Page"/> bytes.</summary>
    private sealed class LogBytes
    {
        private byte[] _bytes = new byte[64];

        public long End => _bytes.Length;

        public long Number { get; private set; }

        public static byte[] CommitRecord(long end, long number)
        {
            var record = new byte[40];
            BinaryPrimitives.WriteInt32LittleEndian(record, 1);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), 64 ^ end ^ number ^ -1);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(12), 64);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(20), end);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(28), number);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(36), -1);
            return record;
        }

        public LogBytes Entry(int length) => Add(length, Enumerable.Repeat((byte)0xA5, length).ToArray());

        /// <summary>Adds a commit record, of which so many bytes have arrived, its length among them.</summary>
        public LogBytes Commit(int arrived = 44, long? number = null)
        {
            Fill(44);
            Number++;
            Add(-40, CommitRecord(End + 44, number ?? Number));
            _bytes.AsSpan(_bytes.Length - 44 + arrived).Clear();
            return this;
        }

        public void Clear(long from, long until) => _bytes.AsSpan((int)from, (int)(until - from)).Clear();

        public byte[] Last(int count) => _bytes[^count..];

        public byte[] Whole() => _bytes;

        private LogBytes Add(int length, byte[] payload)
        {
            var size = 4 + ((payload.Length + 3) & ~3);
            Fill(size);
            byte[] record = [.. BitConverter.GetBytes(length), .. payload, .. new byte[size - 4 - payload.Length]];
            _bytes = [.. _bytes, .. record];
            return this;
        }

        private void Fill(int size)
        {
            if ((_bytes.Length % Page) + size > Page)
            {
                _bytes = [.. _bytes, .. new byte[Page - (_bytes.Length % Page)]];
            }
        }
    }
}
