using System.Globalization;

namespace EarlyWarning.Store.Embedded;

/// <summary>
/// The newest mark that the embedded store has acknowledged, kept in a file beside it. A store that comes back without its mark has recovered to an
/// earlier state than it had promised, and must not pass for whole. Marks rise with time, even where the clock goes back.
/// </summary>
internal sealed class Witness
{
    /// <summary>The store's key that holds the same mark.</summary>
    public const string Key = "ew:mark";

    private const string FileName = "mark";
    private readonly string _file;
    private long _newest;

    public Witness(string folder)
    {
        _file = Path.Combine(folder, FileName);
        _newest = File.Exists(_file) && long.TryParse(File.ReadAllText(_file), NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark : 0;
    }

    /// <summary>The newest mark that was acknowledged; 0 where none was.</summary>
    public long Newest => _newest;

    /// <summary>The mark to write next.</summary>
    public long Next(DateTimeOffset now) => Math.Max(_newest + 1, now.ToUnixTimeMilliseconds());

    /// <summary>Keeps a mark that the store has acknowledged. A crash between the two leaves the file behind the store, which proves nothing and harms nothing.</summary>
    public void Keep(long mark)
    {
        // Under another name first, so that a crash leaves no half-written mark behind.
        var fresh = _file + ".new";
        File.WriteAllText(fresh, mark.ToString(CultureInfo.InvariantCulture));
        File.Move(fresh, _file, overwrite: true);
        _newest = mark;
    }
}
