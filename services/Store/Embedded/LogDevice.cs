using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Tsavorite.core;

namespace EarlyWarning.Store.Embedded;

/// <summary>
/// The files of the embedded store's log. Writes reach the disk one after another, as they were given, and none after one that failed, so that a
/// crash always leaves a beginning of the log. Garnet's own device writes two pages at once; where it is killed in between, the later page can be
/// there without the end of the earlier one, and a recovery, which knows no checksum of an entry, takes what is missing for padding. Behind the end
/// that it was opened with it reads zeros, until something is written there.
/// </summary>
internal sealed class LogDevice : StorageDeviceBase, IThreadPoolWorkItem
{
    private const uint Sector = 512;
    private const uint UnknownError = uint.MaxValue;
    private readonly ConcurrentDictionary<int, Lazy<SafeFileHandle>> _segments = new();
    private readonly Queue<Write> _waiting = new();
    private readonly WriteSegment _write;
    private bool _writing;
    private bool _disposed;
    private Exception? _failure;
    private long _end;

    /// <param name="file">The path of a segment's file without its number.</param>
    /// <param name="end">The address up to which the log counts, as <see cref="LogTail"/> finds it.</param>
    /// <param name="write">How bytes are written; only a test has another way than the system's.</param>
    public LogDevice(string file, long end, WriteSegment? write = null)
        : base(file, Sector, Devices.CAPACITY_UNSPECIFIED)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        _end = end;
        _write = write ?? RandomAccess.Write;
    }

    /// <summary>Writes bytes at an offset, on the disk when it returns.</summary>
    internal delegate void WriteSegment(SafeFileHandle segment, ReadOnlySpan<byte> bytes, long offset);

    public override void WriteAsync(nint sourceAddress, int segmentId, ulong destinationAddress, uint numBytesToWrite, DeviceIOCompletionCallback callback, object context)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(new(sourceAddress, segmentId, (long)destinationAddress, numBytesToWrite, callback, context));
            if (_writing)
            {
                return;
            }

            _writing = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Writes what waits, until nothing does.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            Write write;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out write))
                {
                    _writing = false;
                    Monitor.PulseAll(_waiting);
                    return;
                }
            }

            _failure ??= _disposed ? new ObjectDisposedException(nameof(LogDevice)) : Put(write);
            write.Callback(ErrorCode(_failure), _failure is null ? write.Length : 0, write.Context, _failure);
        }
    }

    public override unsafe void ReadAsync(int segmentId, ulong sourceAddress, nint destinationAddress, uint readLength, DeviceIOCompletionCallback callback, object context) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                Exception? failure = null;
                var read = 0;
                try
                {
                    Span<byte> target = new((void*)destinationAddress, (int)readLength);
                    var counts = Math.Clamp(Volatile.Read(ref _end) - Address(segmentId, (long)sourceAddress), 0, readLength);
                    read = ReadFully(Segment(segmentId), target[..(int)counts], (long)sourceAddress);

                    // Not what the buffer held of another page, nor what a crash left.
                    target[read..].Clear();
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
                {
                    failure = exception;
                }

                callback(ErrorCode(failure), (uint)read, context, failure);
            },
            null);

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result)
    {
        RemoveSegment(segment);
        callback(result);
    }

    public override void RemoveSegment(int segment)
    {
        Close(segment);
        try
        {
            File.Delete(GetSegmentFilename(FileName, segment));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A segment that stays takes room and is never read: the log begins after it.
        }
    }

    public override void Reset()
    {
        WaitForWrites();
        foreach (var segment in _segments.Keys)
        {
            Close(segment);
        }
    }

    /// <summary>Waits for the write that is under way: one that came to the disk later would overwrite what the next run puts there.</summary>
    public override void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        Reset();
    }

    /// <summary>Reads until the target is full or the file ends; says how much.</summary>
    internal static int ReadFully(SafeFileHandle segment, Span<byte> target, long offset)
    {
        var read = 0;
        for (var more = 1; more > 0 && read < target.Length; read += more)
        {
            more = RandomAccess.Read(segment, target[read..], offset + read);
        }

        return read;
    }

    private static uint ErrorCode(Exception? failure) => failure switch
    {
        null => 0,
        { HResult: var code } when (code & 0xFFFF) != 0 => (uint)(code & 0xFFFF),
        _ => UnknownError,
    };

    private unsafe Exception? Put(Write write)
    {
        try
        {
            _write(Segment(write.Segment), new((void*)write.Source, (int)write.Length), write.Offset);
            Volatile.Write(ref _end, Math.Max(_end, Address(write.Segment, write.Offset) + write.Length));
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, the log must hear that nothing was written.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private long Address(int segment, long offset) => (segment * segmentSize) + offset;

    private SafeFileHandle Segment(int segment) => _segments.GetOrAdd(
        segment,
        id => new(() => File.OpenHandle(
            GetSegmentFilename(FileName, id), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.WriteThrough))).Value;

    private void Close(int segment)
    {
        if (_segments.TryRemove(segment, out var handle) && handle.IsValueCreated)
        {
            handle.Value.Dispose();
        }
    }

    private void WaitForWrites()
    {
        lock (_waiting)
        {
            while (_writing)
            {
                Monitor.Wait(_waiting);
            }
        }
    }

    private readonly record struct Write(nint Source, int Segment, long Offset, uint Length, DeviceIOCompletionCallback Callback, object Context);
}
