namespace EarlyWarning.ServiceDefaults.Pages;

/// <summary>
/// Endpoint metadata: belongs to a page that people look at, and serves whoever has signed in with their browser. What a program calls
/// never has it: a browser shows its session to whatever page makes it call.
/// </summary>
/// <param name="IsOpened">Somebody opens it, and may be led to where they sign in; otherwise a page that is open asks for it.</param>
public sealed record BrowserPage(bool IsOpened)
{
    /// <summary>How callers are authenticated who have signed in with their browser.</summary>
    public const string Session = "Session";
}
