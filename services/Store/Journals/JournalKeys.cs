using StackExchange.Redis;

namespace EarlyWarning.Store.Journals;

/// <summary>The keys of one journal. They share a hash tag, so that a cluster keeps them on one node.</summary>
internal readonly record struct JournalKeys
{
    /// <summary>The sorted set of all journals' names, in which a prefix is a range.</summary>
    public static readonly RedisKey Names = "ew:journals";

    private const int MaxName = 256;
    private readonly string _root;

    public JournalKeys(string journal)
    {
        ArgumentException.ThrowIfNullOrEmpty(journal);
        if (journal.Length > MaxName || journal.AsSpan().ContainsAny('{', '}') || journal.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            throw new ArgumentException($"A journal's name has at most {MaxName} characters, without braces, blanks and control characters.", nameof(journal));
        }

        _root = $"ew:j:{{{journal}}}:";
    }

    /// <summary>Counts the openings: the current writer's epoch.</summary>
    public RedisKey Epoch => _root + "epoch";

    /// <summary>A position that the tail has reached, written now and then; never past the tail.</summary>
    public RedisKey Hint => _root + "hint";

    /// <summary>The sorted set of segments, by last position; a member is first-last.</summary>
    public RedisKey Segments => _root + "segments";

    /// <summary>The last position whose own key has been deleted after a merge.</summary>
    public RedisKey Cleaned => _root + "cleaned";

    /// <summary>The sorted set of snapshots, by position.</summary>
    public RedisKey Snapshots => _root + "snapshots";

    public RedisKey Entry(long position) => $"{_root}{position}";

    public RedisKey Segment(long first) => $"{_root}segment:{first}";

    public RedisKey Snapshot(long position, int part) => $"{_root}snapshot:{position}:{part}";
}
