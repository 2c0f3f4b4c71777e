using System.Text.Json.Nodes;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>Members that are there only where they say something.</summary>
internal static class JsonMembers
{
    /// <summary>Adds a text unless it is empty.</summary>
    public static void AddText(this JsonObject json, string name, string text)
    {
        if (text.Length > 0)
        {
            json[name] = text;
        }
    }

    /// <summary>Adds a member that is true, where it is.</summary>
    public static void AddIf(this JsonObject json, bool holds, string name)
    {
        if (holds)
        {
            json[name] = true;
        }
    }
}
