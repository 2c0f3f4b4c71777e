using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>
/// Which branches of the instrumented assemblies an input takes, and how often, as AFL counts them; nothing where none is instrumented. One
/// run at a time.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;
    private static readonly byte* s_hits = Room();
    private readonly byte[] _seen = new byte[Size];

    /// <summary>Makes room for the counts, without which instrumented code cannot run.</summary>
    public static void Prepare() => _ = s_hits;

    /// <summary>Forgets what ran before.</summary>
    public void Begin()
    {
        new Span<byte>(s_hits, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether something ran that had not, or more often by a power of two; remembers it.</summary>
    public bool IsNew()
    {
        var hits = new ReadOnlySpan<ulong>(s_hits, Size / sizeof(ulong));
        var isNew = false;
        for (var i = 0; i < hits.Length; i++)
        {
            if (hits[i] == 0)
            {
                continue;
            }

            for (var at = i * sizeof(ulong); at < (i + 1) * sizeof(ulong); at++)
            {
                var class_ = s_hits[at] == 0 ? 0 : 1 << int.Log2(s_hits[at]);
                isNew |= (_seen[at] & class_) != class_;
                _seen[at] |= (byte)class_;
            }
        }

        return isNew;
    }

    private static byte* Room()
    {
        Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);
        return Trace.SharedMem;
    }
}
