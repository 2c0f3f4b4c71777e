using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Yaml;

/// <summary>
/// Loads YAML that somebody else wrote, within bounds: a file that is huge, deep or that unfolds to much by aliases is refused before
/// anything is built of it, because a tree of it would end the process.
/// </summary>
public static class BoundedYaml
{
    /// <summary>The most characters of a file.</summary>
    public const int MostCharacters = 8_000_000;

    /// <summary>The most values, those behind aliases counted wherever they stand.</summary>
    public const int MostValues = 500_000;

    /// <summary>How deep values may lie in each other.</summary>
    public const int MostDepth = 100;

    /// <summary>Loads a file's documents.</summary>
    /// <exception cref="YamlException">It is not YAML, or beyond the bounds; the message says which.</exception>
    public static YamlStream Load(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = Read(reader);
        Parser parser = new(new StringReader(text));
        try
        {
            Check(parser);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream;
        }
        catch (Exception exception) when (exception is not YamlException)
        {
            // The parser throws whatever it stumbles over at some broken files.
            var at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "what follows here cannot be read. Look for brackets, quotes and colons out of place.");
        }
    }

    private static string Read(TextReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[64 * 1024];
        for (int read; (read = reader.Read(buffer)) > 0; )
        {
            text.Append(buffer.AsSpan(0, read));
            if (text.Length > MostCharacters)
            {
                throw new YamlException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the file has more than {MostCharacters:N0} characters. Divide it, or take out what is not needed."
                    )
                );
            }
        }

        return text.ToString();
    }

    private static void Check(Parser parser)
    {
        var open = new Stack<Part>();
        var anchors = new Dictionary<AnchorName, (long Values, int Height)>();
        var values = 0L;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case Scalar scalar when scalar.Value.Contains('\0', StringComparison.Ordinal):
                    // Figures with one behind them would be read without it.
                    throw new YamlException(scalar.Start, scalar.End, "a text has a NUL in it. Take it out.");
                case Scalar scalar:
                    Count(scalar, 1, 1);
                    Keep(scalar.Anchor, 1, 1);
                    break;
                case SequenceStart or MappingStart:
                    Count(parser.Current, 1, 1);
                    open.Push(new(((NodeEvent)parser.Current).Anchor));
                    break;
                case SequenceEnd or MappingEnd:
                    var (anchor, inside, height) = open.Pop();
                    Keep(anchor, inside, height);
                    if (open.TryPeek(out var outer))
                    {
                        outer.Add(inside - 1, height);
                    }

                    break;
                case AnchorAlias alias when anchors.TryGetValue(alias.Value, out var known):
                    Count(alias, known.Values, known.Height);
                    break;
                case AnchorAlias alias:
                    throw new YamlException(
                        alias.Start,
                        alias.End,
                        $"the alias '{alias.Value}' names nothing that stands before it and is complete."
                    );
                default:
                    break;
            }
        }

        void Count(ParsingEvent at, long more, int height)
        {
            values += more;
            if (values > MostValues)
            {
                throw new YamlException(
                    at.Start,
                    at.End,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the file has more than {MostValues:N0} values, aliases unfolded. Divide it, or repeat less."
                    )
                );
            }

            if (open.Count + height > MostDepth)
            {
                throw new YamlException(at.Start, at.End, $"values lie more than {MostDepth} deep in each other.");
            }

            if (open.TryPeek(out var part))
            {
                part.Add(more, height);
            }
        }

        void Keep(AnchorName name, long inside, int height)
        {
            if (!name.IsEmpty)
            {
                anchors[name] = (inside, height);
            }
        }
    }

    /// <summary>A list or mapping that is being read.</summary>
    private sealed class Part(AnchorName anchor)
    {
        private long _values = 1;
        private int _height = 1;

        public void Add(long values, int height)
        {
            _values += values;
            _height = Math.Max(_height, height + 1);
        }

        public void Deconstruct(out AnchorName name, out long values, out int height) =>
            (name, values, height) = (anchor, _values, _height);
    }
}
