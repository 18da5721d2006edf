namespace CallCenter.Runtime.Execution;

/// <summary>Whose news an <see cref="Inbox"/> takes.</summary>
internal interface ITurnOwner
{
    /// <summary>Called when all the news there are have been handled, if that brought about a turn.</summary>
    void EndTurn(Turn turn);

    /// <summary>Called when handling the news, or ending the turn, threw an exception.</summary>
    /// <returns>What the callers of the turn are told.</returns>
    Exception StandStill(Exception failure);
}

/// <summary>News of one owner: handled one by one, on whichever thread brought them, and all there are in one turn.</summary>
/// <remarks>Nothing of the owner needs another lock: what news do, and what the owner is called for, happens on one thread at a time.</remarks>
internal sealed class Inbox(ITurnOwner owner)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _news = [];
    private bool _busy;
    private Turn? _turn;

    /// <summary>True while no turn is under way. Only from within the news.</summary>
    public bool IsBetweenTurns => _turn is null;

    /// <summary>The turn under way; asking for it begins one. Only from within the news.</summary>
    public Turn Turn => _turn ??= new Turn();

    /// <summary>Handles the news and all that come meanwhile; false when another thread is at it and handles these too.</summary>
    public bool TryHandle(Action news)
    {
        lock (_gate)
        {
            _news.Enqueue(news);
            if (_busy)
                return false;
            _busy = true;
        }
        Handle();
        return true;
    }

    private void Handle()
    {
        while (true)
        {
            Action? news;
            lock (_gate)
            {
                if (!_news.TryDequeue(out news) && _turn is null)
                {
                    _busy = false;
                    return;
                }
            }
            try
            {
                if (news is null)
                    EndTurn();
                else
                    news();
            }
            catch (Exception failure)
            {
                var refusal = owner.StandStill(failure);
                _turn?.Refuse(refusal);
                _turn = null;
            }
        }
    }

    private void EndTurn()
    {
        var turn = _turn!;
        _turn = null;
        owner.EndTurn(turn);
    }
}
