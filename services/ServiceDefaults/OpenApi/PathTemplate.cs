using System.Text;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>
/// A path of the contract as OpenAPI writes it: <c>/v1/{name=frameworks/*/risks/*}:explain</c> is
/// <c>/v1/frameworks/{framework}/risks/{risk}:explain</c>, so that two resources never share a template.
/// </summary>
/// <param name="Text">The template.</param>
/// <param name="Parameters">Its parameters, in order.</param>
internal sealed record PathTemplate(string Text, IReadOnlyList<PathParameter> Parameters)
{
    /// <summary>Reads a path of the contract.</summary>
    public static PathTemplate Of(string pattern)
    {
        var (text, parameters) = (new StringBuilder(), new List<PathParameter>());
        for (var at = 0; at < pattern.Length; )
        {
            if (pattern[at] != '{')
            {
                text.Append(pattern[at++]);
                continue;
            }

            var end = pattern.IndexOf('}', at);
            var variable = pattern[(at + 1)..end].Split('=');
            parameters.AddRange(Take(variable[0], variable.Length > 1 ? variable[1] : "*", text));
            at = end + 1;
        }

        return new(text.ToString(), parameters);
    }

    private static List<PathParameter> Take(string field, string segments, StringBuilder text)
    {
        List<PathParameter> taken = [];
        var collection = "";
        foreach (var segment in segments.Split('/'))
        {
            text.Append(taken.Count > 0 || collection.Length > 0 ? "/" : "");
            if (segment is "*" or "**")
            {
                taken.Add(new(collection.Length > 0 ? One(collection) : field.Split('.')[^1], field, collection, Rest: segment == "**"));
                text.Append('{').Append(taken[^1].Name).Append('}');
            }
            else
            {
                collection = segment;
                text.Append(segment);
            }
        }

        return taken;
    }

    private static string One(string collection) =>
        collection.EndsWith("ies", StringComparison.Ordinal) ? $"{collection[..^3]}y"
        : collection.EndsWith("ches", StringComparison.Ordinal) ? collection[..^2]
        : collection.TrimEnd('s');
}

/// <summary>A parameter of a path.</summary>
/// <param name="Name">Its name, such as <c>framework</c>.</param>
/// <param name="Field">The field of the request that it is, or is a part of, as the contract names it.</param>
/// <param name="Collection">The collection that it is an id of, such as <c>frameworks</c>; empty where it is the whole field.</param>
/// <param name="Rest">It is all the rest of the path, slashes included.</param>
internal sealed record PathParameter(string Name, string Field, string Collection, bool Rest);
