using System.Text;

namespace EarlyWarning.Fuzzing.Tests.Mutating;

/// <summary>Makes inputs of others: the bytes, words, figures and lines of one are changed, or parts of two put together.</summary>
/// <param name="random">Draws; the same seed gives the same inputs.</param>
/// <param name="words">The words of the target.</param>
/// <param name="most">The most bytes of an input.</param>
internal sealed class Mutation(Random random, IEnumerable<string> words, int most)
{
    private const int MostSteps = 5;
    private readonly byte[][] _words =
    [
        .. words.Select(Encoding.UTF8.GetBytes),
        .. Oddities.All,
        .. words.Select(word => Encoding.UTF8.GetBytes(word + ": ")),
    ];

    /// <summary>Makes an input.</summary>
    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        var input = corpus[random.Next(corpus.Count)];
        for (var steps = 1 << random.Next(MostSteps); steps > 0; steps--)
        {
            input = Step(input, corpus);
        }

        return input.Length <= most ? input : input[..most];
    }

    private byte[] Step(byte[] input, IReadOnlyList<byte[]> corpus)
    {
        var span = new Piece(input);
        var (at, length) = (random.Next(input.Length + 1), random.Next(1, 1 + Math.Min(input.Length, 1 << random.Next(9))));
        var end = Math.Min(input.Length, at + length);
        return random.Next(12) switch
        {
            0 when input.Length > 0 => Flip(input),
            1 => span.With(at, at, [(byte)random.Next(256)]),
            2 => span.With(at, end, []),
            3 => span.With(at, at, input.AsSpan(at..end)),
            4 => span.With(at, at, Word()),
            5 => span.With(at, end, Word()),
            6 => Run(input, span, at, static sign =>
                char.IsAsciiDigit((char)sign) || sign is (byte)'.' or (byte)'-' or (byte)'+' or (byte)'e'
            ),
            7 => Run(input, span, at, static sign => char.IsAsciiLetterOrDigit((char)sign) || sign is (byte)'_' or (byte)'-'),
            8 => Lines(input, span, at),
            9 => Spliced(input, corpus[random.Next(corpus.Count)]),
            10 => span.With(at, at, Repeated(input[at..end])),
            _ => span.With(at, end, Word()),
        };
    }

    private byte[] Flip(byte[] input)
    {
        var flipped = input.ToArray();
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private byte[] Word() => _words[random.Next(_words.Length)];

    // The run of such signs that begins at or after a place gives way to a word.
    private byte[] Run(byte[] input, Piece piece, int at, Func<byte, bool> belongs)
    {
        var start = at;
        while (start < input.Length && !belongs(input[start]))
        {
            start++;
        }

        var end = start;
        while (end < input.Length && belongs(input[end]))
        {
            end++;
        }

        return piece.With(start, end, Word());
    }

    private byte[] Lines(byte[] input, Piece piece, int at)
    {
        var start = input.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var next = input.AsSpan(at).IndexOf((byte)'\n');
        var end = next < 0 ? input.Length : at + next + 1;
        var other = input.AsSpan(0, random.Next(input.Length + 1)).LastIndexOf((byte)'\n') + 1;
        return random.Next(4) switch
        {
            0 => piece.With(start, end, []),
            1 => piece.With(other, other, input.AsSpan(start..end)),
            2 => piece.With(start, start, [.. Enumerable.Repeat((byte)' ', random.Next(1, 5))]),
            _ => piece.With(start, Math.Min(end, start + 2), []),
        };
    }

    private byte[] Spliced(byte[] input, byte[] other) =>
        [.. input.AsSpan(0, random.Next(input.Length + 1)), .. other.AsSpan(random.Next(other.Length + 1))];

    private byte[] Repeated(byte[] part)
    {
        var one = random.Next(2) == 0 || part.Length == 0 ? Word() : part;
        var times = Math.Min(1 << random.Next(13), most / Math.Max(1, one.Length));
        var all = new byte[one.Length * times];
        for (var i = 0; i < times; i++)
        {
            one.CopyTo(all, i * one.Length);
        }

        return all;
    }

    /// <summary>An input of which a part gives way to another.</summary>
    private readonly struct Piece(byte[] whole)
    {
        public byte[] With(int from, int to, ReadOnlySpan<byte> inserted) => [.. whole.AsSpan(0, from), .. inserted, .. whole.AsSpan(to)];
    }
}
