using System.Runtime.InteropServices;
using EarlyWarning.Store.Embedded;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class LogDeviceTests : IDisposable
{
    private const int Block = 512;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _memory = GC.AllocateArray<byte>(3 * Block, pinned: true);

    private nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);

    private string Log => Path.Combine(_folder.Path, "aof.log");

    [Fact]
    public void WriteAsync_EarlierWriteUnderWay_WaitsForIt()
    {
        using ManualResetEventSlim started = new(), go = new();
        List<long> order = [];
        using LogDevice device = new(Log, 0, (segment, bytes, offset) =>
        {
            started.Set();
            Assert.True(go.Wait(s_patience));
            order.Add(offset);
            RandomAccess.Write(segment, bytes, offset);
        });
        device.Initialize(1 << 20);
        using CountdownEvent done = new(2);
        Write(device, 0, (_, _) => done.Signal());
        Assert.True(started.Wait(s_patience));
        Write(device, Block, (_, _) => done.Signal());
        Assert.Empty(order);

        go.Set();

        Assert.True(done.Wait(s_patience));
        Assert.Equal([0, Block], order);
    }

    [Fact]
    public void WriteAsync_EarlierWriteFailed_FailsToo()
    {
        var calls = 0;
        using LogDevice device = new(Log, 0, (_, _, _) =>
        {
            calls++;
            throw new IOException("No space left on device");
        });
        device.Initialize(1 << 20);
        using CountdownEvent done = new(2);
        List<uint> codes = [];
        void Completed(uint code, uint written)
        {
            codes.Add(code);
            Assert.Equal(0u, written);
            done.Signal();
        }

        Write(device, 0, Completed);
        Write(device, Block, Completed);

        Assert.True(done.Wait(s_patience));
        Assert.DoesNotContain(0u, codes);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Dispose_WriteUnderWay_WaitsForIt()
    {
        using ManualResetEventSlim started = new(), go = new();
        var written = false;
        LogDevice device = new(Log, 0, (_, _, _) =>
        {
            started.Set();
            Assert.True(go.Wait(s_patience));
            Volatile.Write(ref written, true);
        });
        device.Initialize(1 << 20);
        Write(device, 0, (_, _) => { });
        Assert.True(started.Wait(s_patience));
        var disposing = Task.Run(() =>
        {
            device.Dispose();
            return Volatile.Read(ref written);
        }, TestContext.Current.CancellationToken);

        go.Set();

        Assert.True(await disposing.WaitAsync(s_patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ReadAsync_BehindTheEnd_IsZeros()
    {
        File.WriteAllBytes(Log + ".0", Enumerable.Repeat((byte)7, 2 * Block).ToArray());
        using LogDevice device = new(Log, 100);
        device.Initialize(1 << 20);

        var before = Read(device);
        _memory.AsSpan(0, Block).Fill(9);
        using ManualResetEventSlim done = new();
        Write(device, 0, (_, _) => done.Set());
        Assert.True(done.Wait(s_patience));
        var after = Read(device);

        Assert.Equal([.. Enumerable.Repeat((byte)7, 100), .. new byte[(3 * Block) - 100]], before);
        Assert.Equal([.. Enumerable.Repeat((byte)9, Block), .. new byte[2 * Block]], after);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(LogDevice device, int offset, Action<uint, uint> completed) =>
        device.WriteAsync(Address, 0, (ulong)offset, Block, (code, written, _, _) => completed(code, written), null!);

    private byte[] Read(LogDevice device)
    {
        _memory.AsSpan().Fill(1);
        using ManualResetEventSlim done = new();
        device.ReadAsync(0, 0, Address, 3 * Block, (_, _, _, _) => done.Set(), null!);
        Assert.True(done.Wait(s_patience));
        return [.. _memory];
    }
}
