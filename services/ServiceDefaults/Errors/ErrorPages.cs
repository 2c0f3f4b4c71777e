using System.Collections.Frozen;
using System.Net;
using System.Text;
using Google.Rpc;
using Microsoft.AspNetCore.Http;
using HttpRequest = Microsoft.AspNetCore.Http.HttpRequest;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// The pages <c>/errors/{REASON}</c>, to which an error's Help link leads: the row of docs/errors.md, served by the suite itself, so that
/// it is there without the internet and says what this build means.
/// </summary>
internal static class ErrorPages
{
    /// <summary>The path before a reason.</summary>
    public const string Path = "/errors";

    private static readonly (string[] Columns, FrozenDictionary<string, string[]> Rows) s_table = Read();

    /// <summary>Whether there is a page of a reason.</summary>
    public static bool Has(string reason) => s_table.Rows.ContainsKey(reason);

    /// <summary>Writes a reason's page.</summary>
    public static Task WriteAsync(HttpContext context)
    {
        var reason = context.Request.RouteValues["reason"] as string ?? "";
        if (!s_table.Rows.TryGetValue(reason, out var row))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var page = Head(reason).Append("<dl>");
        for (var i = 1; i < row.Length; i++)
        {
            page.Append($"<dt>{Text(s_table.Columns[i])}</dt><dd>{Text(row[i])}</dd>");
        }

        return SendAsync(context, page.Append("</dl><p><a href=\"").Append(Path).Append("\">All reasons</a></p>"));
    }

    /// <summary>Whether somebody opens a page in a browser, and calls nothing of the API.</summary>
    public static bool IsAskedFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes an error as a page that leads on: to what its reason means, and to the board.</summary>
    public static Task WriteAsync(HttpContext context, Google.Rpc.Status error)
    {
        var reason = error.GetDetail<ErrorInfo>()?.Reason ?? "";
        var page = Head("This page cannot be shown").Append($"<p>{Text(error.Message)}</p><ul>");
        if (Has(reason))
        {
            page.Append($"<li><a href=\"{Path}/{reason}\">What {reason} means</a></li>");
        }

        return SendAsync(context, page.Append("<li><a href=\"/\">The board</a></li></ul>"));
    }

    /// <summary>Writes the list of all reasons.</summary>
    public static Task WriteAllAsync(HttpContext context)
    {
        var page = Head("What an error says").Append("<dl>");
        foreach (var (reason, row) in s_table.Rows.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            page.Append($"<dt><a href=\"{Path}/{reason}\">{reason}</a></dt><dd>{Text(row[1])}</dd>");
        }

        return SendAsync(context, page.Append("</dl>"));
    }

    private static StringBuilder Head(string title) =>
        new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">").Append(
            $"<title>{title} - Early Warning</title><h1>{title}</h1>"
        );

    private static Task SendAsync(HttpContext context, StringBuilder page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.Append("</html>").ToString(), context.RequestAborted);
    }

    /// <summary>A text without its code marks.</summary>
    private static string Text(string cell) => WebUtility.HtmlEncode(cell.Replace("`", "", StringComparison.Ordinal));

    private static (string[] Columns, FrozenDictionary<string, string[]> Rows) Read()
    {
        using var reader = new StreamReader(typeof(ErrorPages).Assembly.GetManifestResourceStream("errors.md")!);
        var lines = reader.ReadToEnd().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(Cells).ToList();
        return (
            lines[0],
            lines.Where(cells => cells[0].StartsWith('`')).ToFrozenDictionary(cells => cells[0].Trim('`'), StringComparer.Ordinal)
        );
    }

    private static string[] Cells(string line) => [.. line.Split('|')[1..^1].Select(cell => cell.Trim())];
}

/// <summary>Where the pages of errors are, as a caller reaches them.</summary>
/// <param name="Port">The port on which the suite serves HTTP.</param>
public sealed record ErrorPagesAddress(int Port);
