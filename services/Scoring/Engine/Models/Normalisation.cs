namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>How an indicator's values come onto the framework's scale.</summary>
public abstract record Normalisation
{
    private protected Normalisation()
    {
    }
}
