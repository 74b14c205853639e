using System.Numerics;

namespace ActiveCitizens.Budgeting.Counting.Phragmen;

/// <summary>
/// How the costs of projects are spread over the ballots that contain them: a flow from projects to ballots. Flows are whole numbers
/// of 1/scale. Costs can be spread with nobody carrying more than λ exactly when the ballots, with room for weight × λ each, can
/// take the whole flow; if not, the projects reached from the one that cannot be placed are too dear for their supporters.
/// </summary>
/// <typeparam name="T">long where the numbers surely fit, else <see cref="BigInteger"/>.</typeparam>
internal sealed class LoadNetwork<T>
    where T : struct, INumber<T>
{
    private readonly Profile _profile;
    private readonly int[] _projectStarts;
    private readonly int[] _ballotOf;
    private readonly int[] _ballotStarts;
    private readonly int[] _entryOf;
    private readonly int[] _projectOf;
    private readonly T[] _flow;
    private readonly T[] _room;
    private readonly int[] _projectLevel;
    private readonly int[] _ballotLevel;
    private readonly int[] _nextOfProject;
    private readonly int[] _nextOfBallot;
    private readonly int[] _projectQueue;
    private readonly List<(int Entry, T Before)> _changedFlow = [];
    private readonly List<(int Ballot, T Before)> _changedRoom = [];
    private int _reached;

    public LoadNetwork(Profile profile)
    {
        _profile = profile;
        var m = profile.ProjectCount;
        (_projectStarts, _ballotStarts) = (new int[m + 1], new int[profile.Count + 1]);
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            _ballotStarts[ballot + 1] = _ballotStarts[ballot] + profile.Projects(ballot).Length;
            foreach (var project in profile.Projects(ballot))
            {
                _projectStarts[project + 1]++;
            }
        }

        for (var project = 0; project < m; project++)
        {
            _projectStarts[project + 1] += _projectStarts[project];
        }

        var entries = _projectStarts[m];
        (_ballotOf, _projectOf, _entryOf, _flow) = (new int[entries], new int[entries], new int[entries], new T[entries]);
        var next = _projectStarts[..m];
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            var at = _ballotStarts[ballot];
            foreach (var project in profile.Projects(ballot))
            {
                var entry = next[project]++;
                (_ballotOf[entry], _projectOf[entry], _entryOf[at++]) = (ballot, project, entry);
            }
        }

        _room = new T[profile.Count];
        (_projectLevel, _nextOfProject, _projectQueue) = (new int[m], new int[m], new int[m]);
        (_ballotLevel, _nextOfBallot) = (new int[profile.Count], new int[profile.Count]);
    }

    /// <summary>Takes over another network's flows, times <paramref name="factor"/>, and gives each ballot room for weight × <paramref name="roomPerVoter"/> in all.</summary>
    public void Load(LoadNetwork<T> other, T factor, T roomPerVoter)
    {
        for (var entry = 0; entry < _flow.Length; entry++)
        {
            _flow[entry] = other._flow[entry] == T.Zero ? T.Zero : other._flow[entry] * factor;
        }

        MakeRoom(roomPerVoter);
    }

    /// <summary>Divides all flows by <paramref name="divisor"/>, rounding down, and gives each ballot room anew.</summary>
    public void Shrink(T divisor, T roomPerVoter)
    {
        for (var entry = 0; entry < _flow.Length; entry++)
        {
            // Nothing is negative, so the remainder is what rounding down loses.
            _flow[entry] = _flow[entry] == T.Zero ? T.Zero : (_flow[entry] - _flow[entry] % divisor) / divisor;
        }

        MakeRoom(roomPerVoter);
    }

    /// <summary>Takes back everything placed since the flows were loaded or shrunk; as cheap as it was to place.</summary>
    public void TakeBack()
    {
        for (var i = _changedFlow.Count - 1; i >= 0; i--)
        {
            _flow[_changedFlow[i].Entry] = _changedFlow[i].Before;
        }

        for (var i = _changedRoom.Count - 1; i >= 0; i--)
        {
            _room[_changedRoom[i].Ballot] = _changedRoom[i].Before;
        }

        _changedFlow.Clear();
        _changedRoom.Clear();
    }

    private void MakeRoom(T perVoter)
    {
        _changedFlow.Clear();
        _changedRoom.Clear();
        for (var ballot = 0; ballot < _room.Length; ballot++)
        {
            var room = T.CreateChecked(_profile.Weight(ballot)) * perVoter;
            for (var at = _ballotStarts[ballot]; at < _ballotStarts[ballot + 1]; at++)
            {
                room -= _flow[_entryOf[at]];
            }

            _room[ballot] = room;
        }
    }

    /// <summary>What of a project's cost is placed.</summary>
    public T Placed(int project)
    {
        var sum = T.Zero;
        for (var entry = _projectStarts[project]; entry < _projectStarts[project + 1]; entry++)
        {
            sum += _flow[entry];
        }

        return sum;
    }

    /// <summary>Places more of a project's cost, moving others where that makes room; returns what could not be placed.</summary>
    public T Place(int project, T amount)
    {
        while (amount > T.Zero && Reach(project))
        {
            for (var i = 0; i < _reached; i++)
            {
                _nextOfProject[_projectQueue[i]] = _projectStarts[_projectQueue[i]];
            }

            amount -= PushFromProject(project, amount);
        }

        return amount;
    }

    /// <summary>After <see cref="Place"/> left something over: the projects that share supporters who have no room, and the number of those supporters.</summary>
    public (List<int> Projects, long Supporters) TooDear()
    {
        var supporters = 0L;
        for (var ballot = 0; ballot < _ballotLevel.Length; ballot++)
        {
            supporters += _ballotLevel[ballot] >= 0 ? _profile.Weight(ballot) : 0;
        }

        return ([.. _projectQueue.Take(_reached)], supporters);
    }

    /// <summary>Breadth first from a project over ballots to projects that could give way there; true when some ballot with room is reached.</summary>
    private bool Reach(int source)
    {
        Array.Fill(_projectLevel, -1);
        Array.Fill(_ballotLevel, -1);
        _projectLevel[source] = 0;
        (_projectQueue[0], _reached) = (source, 1);
        var roomAt = int.MaxValue;
        for (var head = 0; head < _reached; head++)
        {
            var project = _projectQueue[head];
            var level = _projectLevel[project];
            if (level >= roomAt)
            {
                break;
            }

            for (var entry = _projectStarts[project]; entry < _projectStarts[project + 1]; entry++)
            {
                var ballot = _ballotOf[entry];
                if (_ballotLevel[ballot] >= 0)
                {
                    continue;
                }

                (_ballotLevel[ballot], _nextOfBallot[ballot]) = (level, _ballotStarts[ballot]);
                if (_room[ballot] > T.Zero)
                {
                    roomAt = level + 1;
                    continue;
                }

                for (var at = _ballotStarts[ballot]; at < _ballotStarts[ballot + 1]; at++)
                {
                    var other = _projectOf[_entryOf[at]];
                    if (_projectLevel[other] < 0 && _flow[_entryOf[at]] > T.Zero)
                    {
                        _projectLevel[other] = level + 1;
                        _projectQueue[_reached++] = other;
                    }
                }
            }
        }

        return roomAt < int.MaxValue;
    }

    private T PushFromProject(int project, T amount)
    {
        var pushed = T.Zero;
        for (; _nextOfProject[project] < _projectStarts[project + 1]; _nextOfProject[project]++)
        {
            var entry = _nextOfProject[project];
            var ballot = _ballotOf[entry];
            if (_ballotLevel[ballot] != _projectLevel[project])
            {
                continue;
            }

            var through = PushFromBallot(ballot, amount - pushed);
            if (through > T.Zero)
            {
                _changedFlow.Add((entry, _flow[entry]));
                _flow[entry] += through;
                pushed += through;
            }

            if (pushed == amount)
            {
                break;
            }
        }

        return pushed;
    }

    private T PushFromBallot(int ballot, T amount)
    {
        var pushed = T.Min(amount, _room[ballot]);
        if (pushed > T.Zero)
        {
            _changedRoom.Add((ballot, _room[ballot]));
            _room[ballot] -= pushed;
        }

        for (; pushed < amount && _nextOfBallot[ballot] < _ballotStarts[ballot + 1]; _nextOfBallot[ballot]++)
        {
            var entry = _entryOf[_nextOfBallot[ballot]];
            var other = _projectOf[entry];
            if (_flow[entry] == T.Zero || _projectLevel[other] != _ballotLevel[ballot] + 1)
            {
                continue;
            }

            var through = PushFromProject(other, T.Min(amount - pushed, _flow[entry]));
            if (through > T.Zero)
            {
                _changedFlow.Add((entry, _flow[entry]));
                _flow[entry] -= through;
                pushed += through;
            }

            if (pushed == amount)
            {
                break;
            }
        }

        return pushed;
    }
}
