namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>A parser that is tried.</summary>
/// <param name="Name">Names it in the command, the corpus's folder and the folder of findings.</param>
/// <param name="Words">What its inputs are made of beside the corpus: keys, names, signs.</param>
/// <param name="Refuses">Whether what it threw is a refusal that it documents; everything else is a finding.</param>
/// <param name="Parse">Reads one input, and checks what must hold of what was read.</param>
internal sealed record Target(string Name, string[] Words, Func<Exception, bool> Refuses, Parse Parse)
{
    /// <summary>Inputs to start from, beside the files of the corpus.</summary>
    public Func<IEnumerable<byte[]>> Seeds { get; init; } = static () => [];

    /// <summary>The most bytes of an input.</summary>
    public int MostBytes { get; init; } = 32 * 1024;

    /// <summary>What an input may make the parser allocate, for each of its bytes.</summary>
    public long BytesPerByte { get; init; } = 1_000;

    /// <summary>What any input may make it allocate beside that.</summary>
    public long BytesAtLeast { get; init; } = 4 << 20;
}

/// <summary>Reads one input.</summary>
internal delegate void Parse(ReadOnlySpan<byte> input);

/// <summary>What was read breaks a promise of its parser.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    /// <summary>Throws where a promise does not hold.</summary>
    public static void Unless(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
