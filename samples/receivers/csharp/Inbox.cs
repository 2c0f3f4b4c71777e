using System.Text.Json;

namespace EarlyWarning.Receiver;

/// <summary>What was taken, one message a line. A line break comes before each, so that a line cut off by a crash spoils no other. Thread-safe.</summary>
internal sealed class Inbox : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = [];
    private readonly FileStream _file;

    public Inbox(string path)
    {
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            try
            {
                _ids.Add(JsonElement.Parse(line).GetProperty("id").GetString()!);
            }
            catch (JsonException)
            {
                // Cut off before it was answered: it comes again.
            }
        }

        _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Keeps a message; false where it is there already.</summary>
    public bool Take(string id, JsonElement message)
    {
        lock (_lock)
        {
            if (_ids.Contains(id))
            {
                return false;
            }

            _file.WriteByte((byte)'\n');
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(new { id, message }));
            _file.Flush(flushToDisk: true);
            return _ids.Add(id);
        }
    }

    public void Dispose() => _file.Dispose();
}
