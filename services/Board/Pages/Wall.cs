namespace EarlyWarning.Board.Pages;

/// <summary>The overview for a room's screen, which an address asks for by <c>?wall</c>.</summary>
internal static class Wall
{
    /// <summary>Whether an address asks for it.</summary>
    public static bool IsAsked(string address) =>
        new Uri(address).Query.TrimStart('?').Split('&').Any(part => part.Split('=')[0] == "wall");
}
