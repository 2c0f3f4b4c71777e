using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Cli.Output;

/// <summary>
/// Loads YAML that is meant to be plain: what is built of a file is walked, so that one that is deep, or unfolds by aliases, would end the
/// program.
/// </summary>
internal static class PlainYaml
{
    private const int MostCharacters = 8_000_000;
    private const int MostDepth = 100;

    /// <summary>Reads a file's text and the documents in it.</summary>
    /// <exception cref="CliException">It is not YAML, too large or deep, or has aliases; the message has the line.</exception>
    public static (string Text, IReadOnlyList<YamlDocument> Documents) Read(string path)
    {
        var text = TextOf(path);
        Parser parser = new(new StringReader(text));
        try
        {
            Check(parser);
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            return (text, [.. stream.Documents]);
        }
        catch (YamlException error)
        {
            throw new CliException($"{path}, line {error.Start.Line}: {error.Message}");
        }
        catch (Exception error) when (error is not CliException)
        {
            // The parser throws whatever it stumbles over at some broken files.
            throw new CliException(
                $"{path}, line {parser.Current?.End.Line ?? 1}: what follows here cannot be read. Look for brackets, quotes and colons "
                    + $"out of place."
            );
        }
    }

    private static string TextOf(string path)
    {
        using var file = File.OpenText(path);
        return file.BaseStream.Length <= MostCharacters
            ? file.ReadToEnd()
            : throw new CliException($"{path} has more than {Wording.Count(MostCharacters)} bytes, which no such file needs. Divide it.");
    }

    private static void Check(Parser parser)
    {
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MostDepth)
            {
                throw new YamlException(parser.Current.Start, parser.Current.End, $"values lie more than {MostDepth} deep in each other.");
            }

            if (parser.Current is AnchorAlias alias)
            {
                throw new YamlException(alias.Start, alias.End, "aliases are not taken here; write the value out.");
            }
        }
    }
}
