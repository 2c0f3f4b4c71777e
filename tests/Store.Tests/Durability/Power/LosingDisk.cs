namespace EarlyWarning.Store.Tests.Durability.Power;

/// <summary>
/// A folder whose files, as far as SQLite writes them, hold for good only what was flushed. At an operation that is set in advance the
/// power is lost: that is, somebody looks at what would be left. The folder itself goes on, for its process has to end somehow.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="flushes">Which files it flushes when it is asked to; by name.</param>
internal sealed class LosingDisk(string folder, Func<string, bool> flushes) : IDisposable
{
    private readonly Dictionary<string, LosingFile> _files = new(StringComparer.Ordinal);
    private long _left = long.MaxValue;
    private Action _lose = () => { };

    public string Folder => folder;

    /// <summary>Is held by whoever changes a file, so that a loss falls between two operations or into one.</summary>
    public object Gate { get; } = new();

    /// <summary>The power is lost at the operation of this number from now, in which <paramref name="lose"/> is called.</summary>
    public void Arm(int operations, Action lose)
    {
        lock (Gate)
        {
            (_left, _lose) = (operations, lose);
        }
    }

    /// <summary>What is left of each file, drawn at random from what may be left; to be called while the power is lost.</summary>
    public Dictionary<string, byte[]> Remains(Random random)
    {
        lock (Gate)
        {
            return _files
                .OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => (Name: Path.GetFileName(file.Key), Content: file.Value.Remains(random)))
                .Where(file => file.Content is not null)
                .ToDictionary(file => file.Name, file => file.Content!);
        }
    }

    /// <summary>What a file holds before it is opened for the first time is durable.</summary>
    public void Know(string path)
    {
        lock (Gate)
        {
            if (!_files.ContainsKey(path))
            {
                _files[path] = new(File.Exists(path) ? File.ReadAllBytes(path) : null);
            }
        }
    }

    public void Write(string path, long at, ReadOnlySpan<byte> bytes) => Change(path, new(Kind.Write, at, bytes.ToArray()));

    public void Truncate(string path, long length) => Change(path, new(Kind.Truncate, length, []));

    public void Delete(string path, bool durably)
    {
        Know(path);
        Change(path, new(Kind.Delete, 0, []));
        if (durably)
        {
            _files[path].Flush();
        }
    }

    public void Sync(string path)
    {
        // Before anything is safe: who asks may be cut off in the middle.
        Count();
        if (flushes(Path.GetFileName(path)) && _files[path].Flush())
        {
            // The first flush of a new log or journal brings the folder's names to the disk too.
            foreach (var file in _files.Values)
            {
                file.FlushName();
            }
        }
    }

    public void Dispose() => SqliteLayer.Remove(this);

    private void Change(string path, Change change)
    {
        _files[path].Change(change);
        Count();
    }

    private void Count()
    {
        if (--_left == 0)
        {
            _lose();
        }
    }
}
